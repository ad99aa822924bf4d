// SPDX-License-Identifier: Apache-2.0

/// How a program ended.
public enum ProgramExit: Hashable, Sendable {
    /// By itself, with this exit status.
    case exited(CInt)
    /// By this signal.
    case killed(CInt)

    /// Reads the status word of waitpid(2), whose macros Swift does not see.
    init(statusWord: CInt) {
        let signal = statusWord & 0x7f
        self = signal == 0 ? .exited((statusWord >> 8) & 0xff) : .killed(signal)
    }
}

extension ProgramExit: CustomStringConvertible {
    /// "exit status 1", "killed by signal 9".
    public var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .killed(let signal): "killed by signal \(signal)"
        }
    }
}
