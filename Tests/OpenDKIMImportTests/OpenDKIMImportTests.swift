// SPDX-License-Identifier: Apache-2.0
import OpenDKIMImport
import Testing

/// The configuration that Debian 12 installs as /etc/opendkim.conf, without its comments (package opendkim 2.11.0~beta2).
private let debian = """
    Syslog\t\t\tyes
    SyslogSuccess\t\tyes
    #LogWhy\t\t\tno
    Canonicalization\trelaxed/simple
    #Mode\t\t\tsv
    #SubDomains\t\tno
    OversignHeaders\t\tFrom
    #Domain\t\t\texample.com
    UserID\t\t\topendkim
    UMask\t\t\t007
    Socket\t\t\tlocal:/run/opendkim/opendkim.sock
    PidFile\t\t\t/run/opendkim/opendkim.pid
    TrustAnchorFile\t\t/usr/share/dns/root.key
    """

/// OpenDKIM's own opendkim.conf.simple, without its comments.
private let simple = """
    Syslog                  yes
    SyslogSuccess           yes
    Canonicalization\trelaxed/simple
    Domain\t\t\tlocalhost.example
    Selector\t\tdefault
    KeyFile\t\t\t/var/db/dkim/localhost.private
    Socket                  inet:8891@localhost
    ReportAddress           postmaster@localhost
    SendReports             yes
    """

/// What is imported from files of these texts.
private func imported(_ configuration: String, _ others: [String: String] = [:]) -> OpenDKIMImport {
    var files = others
    files["opendkim.conf"] = configuration
    return OpenDKIMImport(of: "opendkim.conf", reading: ImportFiles { [files] in files[$0] })
}

extension OpenDKIMImport {
    fileprivate var losses: [String] { notes.filter { $0.weight == .lost }.map(\.description) }
    fileprivate func has(_ lines: String) -> Bool { toml.contains(lines) }
}

@Suite struct `OpenDKIM's own samples` {
    @Test func `as Debian installs it signs for nobody and loses nothing`() {
        let imported = imported(debian)
        #expect(imported.domains == [])
        #expect(!imported.isLossy)
        #expect(imported.has("header-canonicalization = \"relaxed\"\nbody-canonicalization = \"simple\""))
        #expect(imported.notes.map(\.place.number) == [1, 2, 9, 10, 11, 12, 13])
    }

    @Test func `of one key become one domain, and the rest is called unneeded`() {
        let imported = imported(simple)
        #expect(
            imported.has(
                """
                [[domain]]
                name = "localhost.example"
                keys = [
                  { selector = "default", file = "/var/db/dkim/localhost.private" },
                ]
                """))
        #expect(!imported.isLossy)
        #expect(imported.has("# opendkim.conf:8: ReportAddress: it is about checking mail that comes in"))
    }
}

@Suite struct `An imported configuration` {
    private let keys = "a example.com:s1:/keys/a.pem\nb example.net:s2:/keys/b.pem\n"

    private func tables(_ signing: String, keys: String? = nil, more: String = "", form: String = "refile:")
        -> OpenDKIMImport
    {
        imported(
            "KeyTable file:/kt\nSigningTable \(form)/st\n\(more)", ["/kt": keys ?? self.keys, "/st": signing])
    }

    @Test func `covers subdomains where the same key signs for all of them`() {
        let both = tables("*@example.com a\n*@*.example.com a\n*@example.net b")
        #expect(both.domains.map(\.name) == ["example.com", "example.net"])
        #expect(both.domains.map(\.coversSubdomains) == [true, false])
        #expect(both.losses == [])
        #expect(tables("example.com a\n.example.com a", form: "file:").domains.map(\.coversSubdomains) == [true])
    }

    @Test func `takes the first match, or all with MultipleSignatures`() {
        let signing = "*@example.com a\n*@example.com c\n"
        let more = "c example.com:s3:/keys/c.pem\n"
        #expect(tables(signing, keys: keys + more).domains[0].keys.map(\.selector) == ["s1"])
        let all = tables(signing, keys: keys + more, more: "MultipleSignatures yes")
        #expect(all.domains[0].keys.map(\.selector) == ["s1", "s3"])
    }

    @Test func `fills in the sender's domain for a percent sign`() {
        let imported = tables("*@example.com %\n*@example.net %", keys: "* %:mail:/keys/%.pem", form: "refile:")
        #expect(imported.domains == [])
        let named = tables(
            "*@example.com all\n*@example.net all", keys: "all %:mail:/keys/%/%.pem")
        #expect(
            named.domains.map { $0.keys[0].file } == [
                "/keys/example.com/example.com.pem", "/keys/example.net/example.net.pem",
            ])
    }

    @Test func `says with file and line what it cannot say`() {
        for (signing, note) in [
            ("# x\n\nnews@example.com a", "/st:3: news@example.com: signs for these users only"),
            ("*@example.com b", "/kt:2: mail from example.com is signed as example.net, which helps no DMARC"),
            ("* a", "/st:1: *: signs for domains that are not named"),
            ("*@* a", "/st:1: *@*: signs for domains that are not named"),
            ("example.com a", "/st:1: example.com: matches no address"),
            ("*@example.com nokey", "/st:1: *@example.com: the KeyTable has no key \"nokey\""),
            ("*@example.com a:x@example.com", "/st:1: *@example.com: an identity of its own (i=) is not written"),
            ("*@*.example.com a", "/kt:1: OpenDKIM signs for subdomains of example.com only"),
            ("*@news.example.com a", "/kt:1: OpenDKIM signs as example.com for news.example.com only"),
        ] {
            let losses = tables(signing).losses
            #expect(losses.contains { $0.hasPrefix(note) }, "\(signing): \(losses)")
        }
        #expect(
            tables("*@example.com a", keys: "a example.com:s1").losses == ["/kt:1: a: this is no DOMAIN:SELECTOR:FILE"])
        #expect(tables("*@example.com a", keys: "a example.com:s:MIIE").losses[0].contains("stands in the table"))
    }

    @Test func `tells what cannot be read, or is a database`() {
        #expect(imported("KeyTable /kt\nSigningTable /st").losses.count == 2)
        #expect(imported("KeyTable dsn:mysql://x\nSigningTable csl:example.com=a").losses[0].contains("dsn: data sets"))
        #expect(imported("KeyTable /x.db\nSigningTable csl:a=b").losses[0].contains("db: data sets"))
        #expect(
            imported("KeyTable /kt", ["/kt": ""]).losses == [
                "opendkim.conf:1: KeyTable: without a SigningTable nobody is signed for"
            ])
        #expect(
            imported("KeyFile /k").losses == [
                "opendkim.conf:1: KeyFile: without Domain and Selector nobody is signed for"
            ])
        #expect(OpenDKIMImport(of: "gone", reading: ImportFiles { _ in nil }).losses == ["gone: gone cannot be read"])
    }

    @Test func `reads included files, to five deep, and says so where there are more`() {
        let chain = Dictionary(uniqueKeysWithValues: (1...9).map { ("/\($0)", "Include /\($0 + 1)\nMode v\n") })
        let imported = imported("Include /1", chain)
        #expect(imported.losses == ["/5:1: /6 is included too deep, and not read"])
        #expect(imported.has("[modes]\nsigning = \"off\""))
        let loop = ["/1": "Include /1"]
        #expect(OpenDKIMImport(of: "/1", reading: ImportFiles { loop[$0] }).losses.count == 1)
    }

    @Test func `carries trusted hosts over as networks, but for names`() {
        let hosts =
            "127.0.0.1\nlocalhost\n::1\n192.168.1.7/24\n[2001:db8::1]\n!10.0.0.1\nmail.example.com\n.example.com\n"
        let imported = imported("InternalHosts refile:/th\nExternalIgnoreList refile:/th", ["/th": hosts])
        #expect(
            imported.has(
                """
                trusted-networks = [
                  "127.0.0.1/32",
                  "127.0.0.0/8",
                  "::1/128",
                  "192.168.1.0/24",
                  "2001:db8::1/128",
                ]
                """))
        #expect(imported.losses.map { $0.prefix(6) } == ["/th:6:", "/th:7:", "/th:8:"])
    }

    @Test func `carries canonicalization, lifetime, key length and what happens on failure over, within our bounds`() {
        let all = imported(
            "canonicalization SIMPLE\nSignatureTTL 604800\nMinimumKeyBits 2048\nOn-SignatureError tempfail")
        #expect(all.has("header-canonicalization = \"simple\"\nbody-canonicalization = \"simple\""))
        #expect(all.has("valid-for = \"604800s\""))
        #expect(all.has("minimum-rsa-bits = 2048\non-failure = \"tempfail\""))
        #expect(all.losses == [])
        let odd = imported(
            "Canonicalization odd\nSignatureTTL 60\nMinimumKeyBits 512\nOn-Default reject\n"
                + "SignatureAlgorithm rsa-sha1\nOversignHeaders From,Sender")
        #expect(odd.losses.count == 6)
        #expect(odd.has("valid-for = \"86400s\"\nminimum-rsa-bits = 1024"))
    }

    @Test func `takes the last of a parameter that stands twice`() {
        #expect(imported("Canonicalization simple/simple\nCanonicalization relaxed/relaxed").has("= \"relaxed\""))
    }

    @Test func `keeps text from elsewhere inside its quotes and comments`() {
        let imported = tables(
            "*@example.com a\nno\u{1}body@x.example a", keys: "a example.com:s1:/keys/\"\\\u{1}.pem")
        #expect(imported.has(#"file = "/keys/\"\\\u0001.pem""#))
        #expect(imported.has("# /st:2: no?body@x.example: signs for these users only"))
    }

    @Test func `ends in time on patterns that are made to take long`() {
        let stars = String(repeating: "*a", count: 2000)
        let imported = tables("\(stars)b@example.com a\n*@example.com a")
        #expect(imported.domains.map(\.name) == ["example.com"])
    }
}
