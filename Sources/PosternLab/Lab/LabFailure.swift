// SPDX-License-Identifier: Apache-2.0

/// Why the lab could not do what it was asked.
public enum LabFailure: Error, Sendable {
    /// Namespaces and mounts need root (or CAP_SYS_ADMIN, which the lab does not look for).
    case needsRoot
    /// A program of the host is missing; the second value names its Debian package.
    case missingProgram(String, package: String)
    /// An executable of this package is not there; the environment variable may tell where it is.
    case missingExecutable(String, variable: String)
    /// A system call failed with this `errno`.
    case systemCall(String, errno: CInt)
    /// A program ended with another status than 0.
    case program([String], ProgramResult)
    /// What was waited for did not come in time. `seen` is what came instead, as far as it may explain.
    case late(String, within: Duration, seen: String)
    /// What was waited for cannot come any more: its source has ended.
    case ended(String, seen: String)
    /// The peer closed the connection, or said what is no SMTP reply.
    case connection(String)
    /// There is no such user inside.
    case unknownUser(String)
    /// There is no such mail exchanger, nor a provider of that name.
    case unknownExchanger(String)
}

extension LabFailure: CustomStringConvertible {
    /// The failure in a sentence, for whoever reads the test's report.
    public var description: String {
        switch self {
        case .needsRoot:
            "a lab needs root: it makes namespaces and mounts of its own"
        case .missingProgram(let path, let package):
            "\(path) is missing: install the Debian package \(package)"
        case .missingExecutable(let path, let variable):
            "\(path) is not built; \(variable) may name another"
        case .systemCall(let call, let number):
            "\(call): \(SystemCall.text(of: number))"
        case .program(let arguments, let result):
            "\(arguments.joined(separator: " ")): \(result)"
        case .late(let wish, let within, let seen):
            "no \(wish) within \(within)\(Self.appendix(seen))"
        case .ended(let wish, let seen):
            "no \(wish): its source has ended\(Self.appendix(seen))"
        case .connection(let what):
            "SMTP connection: \(what)"
        case .unknownUser(let name):
            "there is no user \(name) in the lab"
        case .unknownExchanger(let name):
            "there is no mail exchanger or provider \(name) in the lab"
        }
    }

    private static func appendix(_ seen: String) -> String { seen.isEmpty ? "" : "; seen:\n\(seen)" }

    /// The same failure with the end of the mail log, which mostly tells the reason.
    func with(seen tail: String) -> LabFailure {
        switch self {
        case .late(let wish, let within, let seen): .late(wish, within: within, seen: seen + tail)
        case .ended(let wish, let seen): .ended(wish, seen: seen + tail)
        case .needsRoot, .missingProgram, .missingExecutable, .systemCall, .program, .connection, .unknownUser,
            .unknownExchanger:
            self
        }
    }
}
