// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What main.cf says, as far as it matters here: read in one call of postconf(1), `$`-references expanded.
public struct PostfixParameters: Hashable, Sendable {
    /// The parameters that are asked for.
    static let names = [
        "queue_directory", "command_directory", "config_directory", "myhostname", "mydomain", "myorigin",
        "inet_interfaces", "mydestination", "virtual_alias_domains", "virtual_mailbox_domains", "relay_domains",
        "relayhost", "sender_dependent_relayhost_maps", "sender_dependent_default_transport_maps", "transport_maps",
        "site_transport_maps", "default_transport", "relay_transport", "alias_maps", "maximal_queue_lifetime",
        "bounce_queue_lifetime", "delay_warning_time", "smtpd_recipient_limit", "smtp_delivery_status_filter",
        "smtp_helo_name",
        "default_delivery_status_filter", "authorized_flush_users", "authorized_mailq_users", "multi_instance_enable",
        "multi_instance_name", "multi_instance_group", "multi_instance_directories", "multi_instance_wrapper",
        "mail_version", "smtpd_milters", "non_smtpd_milters", "milter_default_action",
        "smtp_bind_address", "smtp_bind_address6", "inet_protocols", "smtp_line_length_limit",
        "disable_mime_output_conversion", "mynetworks", "maillog_file", "content_filter",
        "internal_mail_filter_classes",
    ]

    private let values: [String: String]

    /// Parameters by their names.
    public init(_ values: [String: String]) {
        self.values = values
    }

    /// Asks postconf(1); blocks the thread.
    public static func read(
        _ programs: PostfixPrograms = PostfixPrograms(), runner: CommandRunner = CommandRunner()
    ) throws(CommandError) -> PostfixParameters {
        // One that this Postfix does not know, as our own site_transport_maps before set-up, is a warning.
        PostfixParameters(printed: try runner.run(programs.command("postconf", ["-x"] + names)).orThrow().text)
    }

    /// What postconf(1) prints: `name = value`, a line each.
    init(printed text: String) {
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            values[Self.trimmed(line[..<equals])] = Self.trimmed(line[line.index(after: equals)...])
        }
        self.values = values
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...last])
    }

    /// The value of a parameter; `nil` if it is unknown to Postfix, or was not asked for.
    public subscript(name: String) -> String? { values[name] }

    /// All that was asked for and that Postfix knows.
    public var all: [String: String] { values }

    private func text(_ name: String) -> String { values[name] ?? "" }

    /// `queue_directory`: the spool, where sockets of ours lie too.
    public var queueDirectory: String { text("queue_directory") }
    /// `command_directory`: where postqueue(1), postsuper(1) and the like are.
    public var commandDirectory: String { text("command_directory") }
    /// `config_directory`: whose main.cf this is.
    public var configurationDirectory: String { text("config_directory") }
    /// `myhostname`.
    public var hostName: String { text("myhostname") }
    /// `smtp_helo_name`: how the SMTP client greets; `nil` if it is not known.
    public var greeting: String? {
        ["smtp_helo_name", "myhostname"].lazy.compactMap { values[$0] }.first { !$0.isEmpty }
    }
    /// `mydomain`.
    public var domain: String { text("mydomain") }
    /// `myorigin`: what is added to addresses without a domain; may be the path of a file.
    public var origin: String { text("myorigin") }
    /// `inet_interfaces`.
    public var interfaces: [String] { DomainList.words(of: text("inet_interfaces")) }
    /// `transport_maps` without what only refers to ours; the site's own routes.
    public var transportTables: [TableName] { DomainList(text("transport_maps")).tables }
    /// `relayhost`: where all mail goes that has no other route; `nil` if there is none.
    public var relayHost: String? { values["relayhost"].flatMap { $0.isEmpty ? nil : $0 } }
    /// `smtp_delivery_status_filter`, or what it falls back to; `nil` if there is none.
    public var deliveryStatusFilter: String? {
        ["smtp_delivery_status_filter", "default_delivery_status_filter"].lazy.compactMap { values[$0] }
            .first { !$0.isEmpty }
    }
    /// `alias_maps`.
    public var aliasTables: [TableName] { DomainList(text("alias_maps")).tables }
    /// `authorized_flush_users`: who may have the queue tried.
    public var flushUsers: String { text("authorized_flush_users") }
    /// `authorized_mailq_users`: who may see the queue.
    public var queueViewers: String { text("authorized_mailq_users") }
    /// `smtpd_recipient_limit`: the most recipients that one message by SMTP can have; `nil` if it makes no sense.
    public var recipientLimit: Int? { Int(text("smtpd_recipient_limit")) }

    /// `maximal_queue_lifetime`: after which a message is returned.
    public var queueLifetime: Duration? { PostfixDuration.read(text("maximal_queue_lifetime"), unit: .days) }
    /// `bounce_queue_lifetime`: after which a notice of Postfix's own is dropped.
    public var bounceLifetime: Duration? { PostfixDuration.read(text("bounce_queue_lifetime"), unit: .days) }
    /// `delay_warning_time`: after which a sender is told that the message waits; `nil` if never.
    public var delayWarning: Duration? {
        PostfixDuration.read(text("delay_warning_time"), unit: .hours).flatMap { $0 == .zero ? nil : $0 }
    }

    /// `multi_instance_directories`: the other instances' configuration directories.
    public var otherInstances: [String] { DomainList.words(of: text("multi_instance_directories")) }
    /// `multi_instance_name`: this instance's name; `nil` if it has none.
    public var instanceName: String? { values["multi_instance_name"].flatMap { $0.isEmpty ? nil : $0 } }
    /// `multi_instance_enable`: whether this instance is one of several.
    public var isInstanceEnabled: Bool { text("multi_instance_enable") == "yes" }

    /// Why no mail goes to the recipients' own hosts by itself; `nil` where it does, which is the usual way.
    ///
    /// Where a relay host carries the mail, or the sender decides its way, a route of ours would take it elsewhere.
    public var otherRouting: String? {
        if let relayHost { return "relayhost is \(relayHost)" }
        for name in ["sender_dependent_relayhost_maps", "sender_dependent_default_transport_maps"] {
            if let value = values[name], !value.isEmpty { return "\(name) is \(value)" }
        }
        let transport = text("default_transport")
        let parts = transport.split(separator: ":", maxSplits: 1)
        if parts.count == 2, !parts[1].isEmpty { return "default_transport is \(transport)" }
        return nil
    }
}
