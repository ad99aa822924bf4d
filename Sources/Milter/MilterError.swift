// SPDX-License-Identifier: Apache-2.0

/// Why a milter could not be set up, run, or make a modification.
public enum MilterError: Error, Hashable, Sendable {
    /// This process has had its server: libmilter keeps its state in statics and cannot be started a second time.
    case oneServerPerProcess
    /// The text names no socket.
    case notASocketName(String)
    /// The executable does not export `sigwait`, so that libmilter would stop at signals that are not meant for it.
    ///
    /// Link with `--export-dynamic-symbol=sigwait`; see ``waitForSignal(_:_:)``.
    case signalsNotHeld
    /// Another process answers at the socket.
    case socketInUse(String)
    /// What stands at the path is not a socket; it is left alone.
    case pathIsNotASocket(String)
    /// The socket cannot be opened; the number is an `errno`, 0 where libmilter only logs the cause (mail facility).
    case cannotOpen(String, errno: Int32)
    /// libmilter refuses the configuration.
    case refusedByLibmilter(String)
    /// libmilter has ended by itself, for want of memory, threads or a working socket.
    ///
    /// It logs the cause. Only a new process can take over.
    case endedByItself
    /// The MTA has not agreed to this modification.
    case notGranted(MilterActions)
    /// The modification could not be sent: the connection is lost, or the text is malformed or too long.
    case modificationFailed
}

extension MilterError: CustomStringConvertible {
    /// The error in words for an operator.
    public var description: String {
        switch self {
        case .oneServerPerProcess: "libmilter allows one milter server in the life of a process"
        case .signalsNotHeld: "this executable was linked without --export-dynamic-symbol=sigwait"
        case .notASocketName(let text):
            "\"\(text)\" names no socket; write unix:/path, inet:port@host or inet6:port@host"
        case .socketInUse(let socket): "another process answers at \(socket)"
        case .pathIsNotASocket(let path): "\(path) exists and is not a socket"
        case .cannotOpen(let socket, let errno): "cannot open \(socket): \(Self.words(for: errno))"
        case .refusedByLibmilter(let what): "libmilter refuses \(what)"
        case .endedByItself: "libmilter has ended by itself; see its messages in the mail log"
        case .notGranted(let action): "the MTA has not agreed to \(action)"
        case .modificationFailed: "the modification could not be sent"
        }
    }
}
