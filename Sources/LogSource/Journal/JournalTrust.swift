// SPDX-License-Identifier: Apache-2.0

/// Which entries of the journal are Postfix's own, by what journald itself found out of their writers.
///
/// `SYSLOG_IDENTIFIER` and everything else without a leading underscore is the writer's to word: logger(1) writes
/// `postfix/smtp` for anybody. `_UID`, `_COMM` and `_SYSTEMD_UNIT` are not (systemd.journal-fields(7)), but neither the
/// unit nor the program is enough: a command in a user's `.forward` runs within Postfix's unit, and anybody may name a
/// program `smtp`. So the user counts always, and one of the others besides.
public struct JournalTrust: Hashable, Sendable {
    /// Where the entries come from.
    public enum Origin: Hashable, Sendable {
        /// One of these units of systemd.
        case units([String])
        /// One of these programs, in whatever unit: for a Postfix that was started by hand or lives in a container.
        case programs([String])
    }

    /// As whom the writer runs, `_UID`.
    public enum Users: Hashable, Sendable {
        /// One of these users.
        case these([UInt32])
        /// Any of the system's own users, 0 to 999: for the journal of another host, where Postfix's number is not known.
        case system
    }

    /// The units of Debian's packages (`postfix@-.service` up to 12) and of most others.
    public static let usualUnits = ["postfix@-.service", "postfix.service"]

    /// The programs of Postfix that log (`daemon_directory` and `command_directory`).
    public static let usualPrograms = [
        "anvil", "bounce", "cleanup", "discard", "dnsblog", "error", "flush", "lmtp", "local", "master", "nqmgr",
        "oqmgr",
        "pickup", "pipe", "postalias", "postdrop", "postlog", "postmap", "postqueue", "postscreen", "postsuper",
        "proxymap",
        "qmgr", "qmqpd", "scache", "sendmail", "showq", "smtp", "smtpd", "spawn", "tlsmgr", "tlsproxy",
        "trivial-rewrite",
        "verify", "virtual",
    ]

    /// Where the entries come from.
    public var origin: Origin
    /// As whom their writers run.
    public var users: Users

    /// Trust in these.
    public init(origin: Origin, users: Users) {
        self.origin = origin
        self.users = users
    }

    /// Postfix of this host: the usual units, run as root and as the user `mailOwner` (`mail_owner` of postconf(5)), if
    /// there is such a user.
    public static func thisHost(mailOwner: String = "postfix", units: [String] = usualUnits) -> JournalTrust {
        JournalTrust(
            origin: .units(units), users: .these([0] + (UserDatabase.number(of: mailOwner).map { [$0] } ?? [])))
    }

    /// Postfix of some other host, whose journal is read here.
    public static let otherHost = JournalTrust(origin: .units(usualUnits), users: .system)
}
