// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite(.serialized) struct `postern check` {
    /// A lab in which all is as receivers want it, with the daemon running.
    private func withRightSite(_ body: @escaping @Sendable (Lab, Postern) async throws -> Void) async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(
                in: lab, more: "[modes]\nlistings = \"enforce\"\n[check]\nblocklists = [\"bl.example\"]")
            try await lab.postconf([
                "smtp_line_length_limit = 0", "disable_mime_output_conversion = yes", "delay_warning_time = 4h",
            ])
            for record in [
                #"_dmarc.lab.example. 60 IN TXT "v=DMARC1; p=none; rua=mailto:postmaster@lab.example""#,
                "2.0.0.127.bl.example. 60 IN A 127.0.0.2",
            ] { try await lab.addRecord(record) }
            try await body(lab, try await Postern.start(in: lab))
        }
    }

    @Test func `has nothing to say against a server that is set up as the guide has it`() async throws {
        try await withRightSite { lab, postern in
            let result = try await postern.command("check")
            #expect(result.isSuccess, "\(result)")
            #expect(result.text.hasSuffix("Nothing to be done.\n"), "\(result)")
            for seen in ["192.0.2.1: mail.lab.example, and back", "SPF: passes for 192.0.2.1, 2001:db8::1", "DKIM e1:"]
            {
                #expect(result.text.contains(seen), "\(result)")
            }
            // The daemon does the same every night with no more rights than these.
            let own = try await lab.run([try Executables.path(of: "postern"), "check"], as: "postern")
            #expect(own.text == result.text, "\(own)")
        }
    }

    @Test func `finds what is wrong in the DNS and in Postfix, and says what puts it right`() async throws {
        try await withRightSite { lab, postern in
            try await lab.removeRecords(of: "s1._domainkey.lab.example")
            try await lab.addRecord(#"lab.example. 60 IN TXT "v=spf1 a -all""#)
            try await lab.addRecord("1.2.0.192.bl.example. 60 IN A 127.0.0.4")
            try await lab.postconf(
                ["non_smtpd_milters ="], serviceParameters: ["qmgr/unix/rewrite_service_name=rewrite"])
            let result = try await postern.command("check", "--json")
            #expect(result.exit == .exited(1), "\(result)")
            for kind in ["dkim-missing", "spf-several", "blocklisted", "milter-unwired", "routes-unwired"] {
                #expect(result.text.contains("\"kind\" : \"\(kind)\""), "\(kind): \(result)")
            }
            #expect(result.text.matches(of: #/"kind" : /#).count == 5, "\(result)")

            let shown = try await postern.command("dkim", "show", "lab.example", "s1", "--one-line").text
            let key = try #require(shown.split(separator: "p=").last).prefix(60)
            #expect(result.text.contains(key), "\(result)")

            // Two records, so that both are shown; one would clear the screen.
            try await lab.addRecord(#"other.example. 60 IN TXT "v=spf1 a \027[2J -all""#)
            try await lab.addRecord(#"other.example. 60 IN TXT "v=spf1 mx -all""#)
            let domain = try await postern.command("check", "other.example")
            #expect(domain.exit == .exited(1), "\(domain)")
            #expect(domain.text.contains("other.example has 2 SPF records"), "\(domain)")
            #expect(domain.text.contains("v=spf1 a ?[2J -all"), "\(domain)")
        }
    }

    /// What is amiss in the DNS: names whose records are gone, records that are there instead, and the one finding of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var gone: [String] = []
        var instead: [String] = []
        var kind: String
        /// Of the remedy.
        var remedy: String
    }

    @Test(arguments: [
        Fault(
            testDescription: "no PTR", gone: ["1.2.0.192.in-addr.arpa"], kind: "address-nameless",
            remedy: "mail.lab.example"),
        Fault(
            testDescription: "SPF without our addresses", gone: ["lab.example"],
            instead: [
                "lab.example. 60 IN MX 10 mail.lab.example.", #"lab.example. 60 IN TXT "v=spf1 ip4:198.51.100.7 -all""#,
            ], kind: "spf-refuses", remedy: "ip4:192.0.2.1"),
        Fault(
            testDescription: "another DKIM key", gone: ["s1._domainkey.lab.example"],
            instead: [#"s1._domainkey.lab.example. 60 IN TXT "v=DKIM1; k=rsa; p=AAAA""#], kind: "dkim-differs",
            remedy: "s1._domainkey.lab.example. IN TXT"),
        Fault(
            testDescription: "no DMARC", gone: ["_dmarc.lab.example"], kind: "dmarc-missing",
            remedy: "_dmarc.lab.example. IN TXT"),
        Fault(
            testDescription: "an address on a block list", instead: ["1.2.0.192.bl.example. 60 IN A 127.0.0.2"],
            kind: "blocklisted", remedy: "bl.example"),
        Fault(
            testDescription: "no mail exchanger", gone: ["lab.example"],
            instead: [#"lab.example. 60 IN TXT "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all""#], kind: "mx-missing",
            remedy: "lab.example. IN MX"),
    ])
    func `asks a real name server, and finds the one thing that is amiss`(fault: Fault) async throws {
        try await withRightSite { lab, postern in
            for name in fault.gone { try await lab.removeRecords(of: name) }
            for record in fault.instead { try await lab.addRecord(record) }
            let result = try await postern.command("check", "--json")
            #expect(result.text.contains("\"kind\" : \"\(fault.kind)\""), "\(result)")
            #expect(result.text.matches(of: #/"kind" : /#).count == 1, "\(result)")
            #expect(result.text.contains(fault.remedy), "\(result)")
        }
    }

    @Test func `says once that the DNS does not answer, and still looks at Postfix`() async throws {
        try await withRightSite { lab, postern in
            let stopped = try await lab.run(["/usr/sbin/unbound-control", "stop"])
            #expect(stopped.isSuccess, "\(stopped)")
            let result = try await postern.command("check")
            #expect(result.exit == .exited(1), "\(result)")
            #expect(result.text.contains("the DNS does not answer"), "\(result)")
            #expect(result.text.hasSuffix("1 problem\n"), "\(result)")
        }
    }

    @Test func `has only advice for what setup has made of a fresh Postfix`() async throws {
        try await Lab.with { lab in
            try await lab.makeDirectory("/etc/postern", mode: 0o750, owner: "root:postern")
            try await lab.makeDirectory("/run/postern", mode: 0o750, owner: "postern:postern")
            try await lab.write(
                "[replies]\nshipped = \"\(Postern.rules)\"\n[alerts]\nmail = []\n[check]\nblocklists = []\n",
                to: Postern.configurationFile)
            try await Postern.openMailLog(in: lab)
            let setup = try await lab.run(
                [try Executables.path(of: "postern"), "setup", "--yes", "--listings"], input: "", within: .seconds(120))
            #expect(setup.isSuccess, "\(setup)")
            try await Postern.publishKeys(in: lab)
            let postern = try await Postern.start(in: lab)
            #expect(try await postern.command("enforce", "listings", "--yes").isSuccess)
            let result = try await postern.command("check")
            #expect(result.isSuccess, "\(result)")
            for wired in ["✔ smtpd_milters", "✔ non_smtpd_milters", "✔ smtp_delivery_status_filter", "✔ routes: "] {
                #expect(result.text.contains(wired), "\(wired): \(result)")
            }
        }
    }
}
