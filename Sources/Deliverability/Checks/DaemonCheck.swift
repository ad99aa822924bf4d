// SPDX-License-Identifier: Apache-2.0

/// Whether the daemon serves, sees, and cannot be turned by strangers.
public struct DaemonCheck: Sendable {
    /// What was seen of the daemon.
    public enum State: Hashable, Sendable {
        /// It does not answer, and why.
        case silent(String)
        /// It answers.
        /// - Parameters:
        ///   - log: The source of the mail log; `nil` where none is read.
        ///   - blindSince: Since when that tells nothing, in words; `nil` while it tells.
        case serves(log: String?, blindSince: String?)
    }

    private let state: State
    private let writable: [String]

    /// A check.
    /// - Parameters:
    ///   - state: What was seen of the daemon.
    ///   - writable: Files of the configuration that others than their owner can change.
    public init(_ state: State, writable: [String]) {
        self.state = state
        self.writable = writable
    }

    /// Looks at everything.
    public func run() -> [CheckItem] {
        var items: [CheckItem] = []
        switch state {
        case .silent(let reason):
            items.append(found(.daemonSilent, "daemon", reason, .run("systemctl status postern")))
        case .serves(let log, let blindSince):
            items.append(CheckItem(.daemon, "daemon", .good("serves")))
            if let log, let blindSince {
                items.append(
                    found(.logBlind, "mail log", "\(log) tells nothing since \(blindSince)", .run("postern status")))
            } else if let log {
                items.append(CheckItem(.daemon, "mail log", .good("\(log) is read")))
            }
        }
        for path in writable {
            items.append(
                found(
                    .fileWritable, path, "\(path) can be changed by others than its owner", .run("chmod go-w \(path)")))
        }
        return items
    }

    private func found(_ kind: FindingKind, _ name: String, _ what: String, _ remedy: Finding.Remedy) -> CheckItem {
        CheckItem(.daemon, name, .found(Finding(kind, about: name, what, remedy: remedy)))
    }
}
