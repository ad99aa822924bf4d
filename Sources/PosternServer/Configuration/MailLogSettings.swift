// SPDX-License-Identifier: Apache-2.0
public import Settings

/// Where Postfix's log is read.
public struct MailLogSettings: Hashable, Sendable {
    /// The kinds of source.
    public enum Source: Hashable, Sendable {
        /// Nothing is read: listings, tripwires and uids of local mail are then unknown.
        case none
        /// systemd's journal, by trusted fields.
        case journal
        /// A file; whoever may write to syslog can forge its lines.
        case file(String)
    }

    /// The source.
    public var source: Source
    /// The systemd units that Postfix logs under.
    public var units: [String]

    /// The source in one word: `journal`, `none` or the path.
    var name: String {
        switch source {
        case .none: "none"
        case .journal: "journal"
        case .file(let path): path
        }
    }

    /// Reads `[mail-log]`.
    public init(_ section: Section) {
        source = section.value(
            "source", .mailLogSource, default: .none,
            help:
                "Where Postfix's log is read: the journal, by fields that a local user cannot forge, or a file such as "
                + "/var/log/mail.log, in which logger(1) can forge lines; none reads nothing. Needs a restart.")
        units = section.value(
            "units", .list(of: .text), default: ["postfix.service", "postfix@-.service"],
            help: "The systemd units of Postfix, for the journal.")
    }
}

extension Kind where Value == MailLogSettings.Source {
    static var mailLogSource: Kind {
        .parsed("\"journal\", \"none\" or the absolute path of a file") { text in
            switch text {
            case "none": .value(.none)
            case "journal": .value(.journal)
            case _ where text.hasPrefix("/"): .value(.file(text))
            default: .refused("\(quoted(text)) is neither \"journal\", \"none\" nor an absolute path")
            }
        } print: {
            switch $0 {
            case .none: "none"
            case .journal: "journal"
            case .file(let path): path
            }
        }
    }
}
