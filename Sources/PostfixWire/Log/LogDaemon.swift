// SPDX-License-Identifier: Apache-2.0

/// The Postfix program that wrote a line.
public enum LogDaemon: UInt8, Hashable, Sendable, CaseIterable {
    /// smtpd(8), also as submission or smtps service: receives mail by SMTP.
    case smtpd
    /// pickup(8): takes mail that sendmail(1) left in the maildrop.
    case pickup
    /// cleanup(8): puts a message into the queue.
    case cleanup
    /// qmgr(8): schedules deliveries.
    case qmgr
    /// smtp(8): sends by SMTP; every transport that is built on it.
    case smtp
    /// lmtp(8).
    case lmtp
    /// error(8), which is also retry(8): lets mail fail or wait without an attempt.
    case error
    /// local(8).
    case local
    /// virtual(8).
    case virtual
    /// pipe(8).
    case pipe
    /// discard(8).
    case discard
    /// bounce(8), also as defer and trace: writes notifications.
    case bounce
    /// postsuper(1): an administrator's hand on the queue.
    case postsuper
    /// postscreen(8): turns away zombies before smtpd(8).
    case postscreen
    /// master(8).
    case master
    /// The postfix(1) command's script.
    case script
    /// Any other program of Postfix.
    case other

    /// The daemon of that process name; `nil` if it is none of Postfix's.
    init?(_ name: Span<UInt8>) {
        func isNamed(_ literal: StaticString) -> Bool { name.has(literal, at: 0) }
        let daemon: LogDaemon?
        switch name.count {
        case 4:
            daemon =
                isNamed("smtp")
                ? .smtp : isNamed("qmgr") ? .qmgr : isNamed("lmtp") ? .lmtp : isNamed("pipe") ? .pipe : nil
        case 5:
            daemon =
                isNamed("smtpd")
                ? .smtpd : isNamed("error") ? .error : isNamed("local") ? .local : isNamed("retry") ? .error : nil
        case 6:
            daemon = isNamed("pickup") ? .pickup : isNamed("bounce") ? .bounce : isNamed("master") ? .master : nil
        case 7:
            daemon =
                isNamed("cleanup") ? .cleanup : isNamed("virtual") ? .virtual : isNamed("discard") ? .discard : nil
        case 9:
            daemon = isNamed("postsuper") ? .postsuper : nil
        case 10:
            daemon = isNamed("postscreen") ? .postscreen : nil
        case 14:
            daemon = isNamed("postfix-script") ? .script : nil
        default:
            daemon = nil
        }
        if let daemon {
            self = daemon
        } else if Self.isHelper(name) {
            self = .other
        } else {
            return nil
        }
    }

    /// Whether its delivery lines tell of a remote server's replies.
    public var isRemoteClient: Bool { self == .smtp || self == .lmtp }

    private static let helpers: [StaticString] = [
        "anvil", "scache", "spawn", "flush", "showq", "oqmgr", "verify", "tlsmgr", "qmqpd", "dnsblog", "tlsproxy",
        "proxymap", "sendmail", "postdrop", "postlogd", "postlog", "postmap", "postalias", "postkick", "postcat",
        "postconf", "postqueue", "postmulti", "postlock", "trivial-rewrite", "posttls-finger", "smtp-source",
        "smtp-sink",
    ]

    private static func isHelper(_ name: Span<UInt8>) -> Bool {
        helpers.contains { $0.utf8CodeUnitCount == name.count && name.has($0, at: 0) }
    }
}
