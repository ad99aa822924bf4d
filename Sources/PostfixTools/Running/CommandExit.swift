// SPDX-License-Identifier: Apache-2.0

/// How a program ended.
public enum CommandExit: Hashable, Sendable {
    /// By itself, with this exit status; 0 is success.
    case exited(Int32)
    /// By this signal.
    case killed(Int32)

    /// Reads the status word of waitpid(2), whose macros Swift does not see.
    init(statusWord word: Int32) {
        let signal = word & 0x7F
        self = signal == 0 ? .exited((word >> 8) & 0xFF) : .killed(signal)
    }
}

extension CommandExit: CustomStringConvertible {
    /// "exit status 1", "killed by signal 9".
    public var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .killed(let signal): "killed by signal \(signal)"
        }
    }
}
