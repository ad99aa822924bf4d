// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

/// A Postfix as somebody has set it up before Postern came.
struct SiteBefore: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var postconf: [String]
    var services: [String] = []
    var parameters: [String] = []
    /// What setup must say of it.
    var told: String

    static let all = [
        SiteBefore(
            testDescription: "a milter and routes of its own",
            postconf: [
                "smtpd_milters = { inet:127.0.0.1:9999, default_action=accept }",
                "transport_maps = inline:{ lab.test=error:mine }",
            ], told: "inet:127.0.0.1:9999"),
        SiteBefore(
            testDescription: "submission with restrictions of its own, outside the chroot",
            postconf: [],
            parameters: [
                "submission/inet/smtpd_recipient_restrictions=permit_sasl_authenticated,reject",
                "submission/inet/milter_macro_daemon_name=ORIGINATING",
            ], told: "smtpd_milters"),
        SiteBefore(
            testDescription: "a content filter that hands mail back",
            postconf: ["content_filter = smtp:[127.0.0.1]:10024"],
            services: [
                "127.0.0.1:10025/inet=127.0.0.1:10025 inet n - n - - smtpd -o content_filter= "
                    + "-o receive_override_options=no_milters"
            ], told: "10025"),
        SiteBefore(
            testDescription: "a relay host",
            postconf: ["relayhost = [gmail-smtp-in.l.google.com]:25"], told: "relayhost"),
        SiteBefore(
            testDescription: "further instances",
            postconf: ["multi_instance_directories = /etc/postfix-out"], told: "/etc/postfix-out"),
    ]
}

@Suite(.serialized) struct `Setup beside` {
    @Test(arguments: SiteBefore.all)
    func `what is there already signs, says what it means, and gives back every byte`(site: SiteBefore) async throws {
        let before = Lab.Configuration(
            postconf: site.postconf, services: site.services, serviceParameters: site.parameters)
        try await Lab.with(before) { lab in
            try await lab.makeDirectory("/etc/postern", mode: 0o750, owner: "root:postern")
            try await lab.makeDirectory("/run/postern", mode: 0o750, owner: "postern:postern")
            try await lab.write(
                "[replies]\nshipped = \"\(Postern.rules)\"\n[alerts]\nmail = []\n", to: Postern.configurationFile)
            try await Postern.openMailLog(in: lab)
            let main = try await lab.read("/etc/postfix/main.cf")
            let master = try await lab.read("/etc/postfix/master.cf")
            if !site.services.isEmpty {
                let filter = try await lab.start(["/usr/bin/python3", "-u", "-c", ContentFilter.script], as: "daemon")
                try await filter.says { $0.contains("filters") }
            }
            let postern = try Executables.path(of: "postern")
            let result = try await lab.run([postern, "setup", "--yes"], within: .seconds(120))
            #expect(result.isSuccess, "\(result)")
            #expect(result.text.contains(site.told), "\(result)")
            try await Postern.publishKeys(in: lab)
            let daemon = try await Postern.start(in: lab)
            try await lab.submit(
                "From: alice@lab.example\nTo: bob@gmail.com\nSubject: hello\n\nhello\n", from: "alice@lab.example",
                to: ["bob@gmail.com"], login: .alice)
            let mail = try await lab.received(by: "gmail", within: .seconds(90))
            let signed = try #require(mail.first)
            #expect(try await Signatures(of: signed, in: lab, daemon).areWhole)
            let undone = try await lab.run([postern, "setup", "--undo", "--yes"], within: .seconds(60))
            #expect(undone.isSuccess, "\(undone)")
            let isMainBack = try await lab.read("/etc/postfix/main.cf") == main
            let isMasterBack = try await lab.read("/etc/postfix/master.cf") == master
            #expect(isMainBack && isMasterBack)
        }
    }
}
