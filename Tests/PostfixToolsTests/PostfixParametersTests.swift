// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixTools
import Testing

@Suite struct `Postfix's parameters` {
    @Test func `are read with all references expanded`() throws {
        let site = try PostfixSite(
            """
            mydomain = lab.example
            myhostname = mail.$mydomain
            mydestination = $myhostname, localhost.$mydomain
                localhost
            site_transport_maps = hash:/etc/postfix/transport
            transport_maps = $site_transport_maps, pcre:/etc/postfix/t
            relayhost =
            """)
        let parameters = try site.parameters()
        #expect(parameters.hostName == "mail.lab.example")
        #expect(parameters["mydestination"] == "mail.lab.example, localhost.lab.example localhost")
        #expect(parameters.transportTables.map(\.text) == ["hash:/etc/postfix/transport", "pcre:/etc/postfix/t"])
        #expect(parameters["site_transport_maps"] == "hash:/etc/postfix/transport")
        #expect(parameters.relayHost == nil)
        #expect(parameters.otherRouting == nil)
        #expect(parameters.recipientLimit == 1000)
        #expect(parameters.flushUsers == "static:anyone")
        #expect(parameters.configurationDirectory == site.directory)
    }

    @Test func `have Postfix's own values where main.cf is silent, and none where Postfix knows none`() throws {
        let parameters = try PostfixSite("").parameters()
        #expect(parameters.queueDirectory == "/var/spool/postfix")
        #expect(parameters.commandDirectory == "/usr/sbin")
        #expect(parameters["site_transport_maps"] == nil)
        #expect(parameters.deliveryStatusFilter == nil)
        #expect(parameters.queueLifetime == .hours(5 * 24))
        #expect(parameters.delayWarning == nil)
        #expect(!parameters.isInstanceEnabled)
        #expect(parameters.instanceName == nil)
        #expect(parameters.otherInstances == [])
    }

    @Test(arguments: [
        ("5d", Duration.hours(120)), ("5", .hours(120)), ("4h", .hours(4)), ("90m", .minutes(90)),
        ("30s", .seconds(30)),
        ("2w", .hours(336)), ("0", .zero), ("5D", .hours(120)), ("99999999999999999w", .seconds(3_155_760_000)),
    ])
    func `tell times in their own unit`(_ sample: (written: String, duration: Duration)) {
        #expect(PostfixParameters(["maximal_queue_lifetime": sample.written]).queueLifetime == sample.duration)
    }

    @Test(arguments: ["", "x", "5x", "-1d", "1d2h", "5 d", "٥d", "99999999999999999999d"])
    func `tell no time where there is none`(_ text: String) {
        #expect(PostfixParameters(["maximal_queue_lifetime": text]).queueLifetime == nil)
    }

    @Test func `count a bare delay warning in hours`() {
        #expect(PostfixParameters(["delay_warning_time": "4"]).delayWarning == .hours(4))
        #expect(PostfixParameters(["delay_warning_time": "0h"]).delayWarning == nil)
    }

    @Test(
        arguments: [
            (["relayhost": "[smtp.example.com]:587"], "relayhost is [smtp.example.com]:587"),
            (["default_transport": "smtp:[192.0.2.9]"], "default_transport is smtp:[192.0.2.9]"),
            (["sender_dependent_relayhost_maps": "hash:/x"], "sender_dependent_relayhost_maps is hash:/x"),
            (["default_transport": "smtp"], nil), (["default_transport": "smtp:"], nil),
        ] as [([String: String], String?)])
    func `tell when mail does not go to the recipients' hosts by itself`(
        _ sample: (values: [String: String], reason: String?)
    ) {
        #expect(PostfixParameters(sample.values).otherRouting == sample.reason)
    }

    @Test func `that cannot be read are an error in Postfix's words`() {
        let programs = PostfixPrograms(configuration: "/nonexistent")
        let error = #expect(throws: CommandError.self) { try PostfixParameters.read(programs) }
        #expect(error?.description.contains("/nonexistent") == true)
    }
}
