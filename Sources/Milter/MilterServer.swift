// SPDX-License-Identifier: Apache-2.0
internal import CMilter
internal import Glibc
internal import Synchronization

/// The milter of this process: opens the socket, runs libmilter, and stops it without cutting messages off.
///
/// libmilter keeps its state in statics, can be started once in the life of a process, and has neither a restart nor
/// a drain. Hence one server a process; a change of the socket needs a new process; any other change of
/// configuration is the sessions' affair.
///
/// **Threads.** ``run()`` blocks its thread. Debian's libmilter hands sessions to a pool that grows without limit
/// while callbacks block; others give each connection a thread. Sessions must do with both.
///
/// **Signals.** They belong to the host process. libmilter would stop at SIGHUP, SIGTERM and SIGINT, but it is kept
/// from hearing them, see ``waitForSignal(_:_:)``, so a signal that the host does not handle has its default action, which
/// ends the process.
///
/// **Logging.** libmilter logs to syslog with whatever identity and options the process has set by `openlog`, at
/// facility mail or the process's own; it complains of peers that break the protocol. Sessions' outcomes are not
/// its affair.
public final class MilterServer: Sendable {
    /// What was asked for.
    public let configuration: MilterConfiguration
    let makeSession: @Sendable () -> any MilterSession
    let agreement: Agreement

    private let messages = Atomic<Int>(0)
    private let sessions = Atomic<Int>(0)
    private let refused = Atomic<Int>(0)
    private let isDraining = Atomic<Bool>(false)
    private let wasIdleWhileDraining = Atomic<Bool>(false)
    let isOpen = Atomic<Bool>(false)
    let phase = Atomic<Phase>(.made)

    /// The life of a server; each is left for the next, `running` also for `ended`.
    enum Phase: UInt8, AtomicRepresentable {
        /// Registered with libmilter; the socket may be open.
        case made
        /// ``run()`` has been called.
        case running
        /// ``stop(drainFor:)`` has been called.
        case stopping
        /// libmilter has returned.
        case ended
    }

    /// The server of the process.
    ///
    /// Written once, before libmilter has a thread.
    nonisolated(unsafe) private(set) static var current: MilterServer?
    private static let isTaken = Atomic<Bool>(false)

    /// Registers the server with libmilter.
    ///
    /// The socket is opened by ``open()`` or ``run()``.
    /// - Parameters:
    ///   - configuration: What is wanted of the MTA.
    ///   - makeSession: Makes the object of a new connection; called on libmilter's threads.
    /// - Throws: ``MilterError/oneServerPerProcess`` the second time; ``MilterError/refusedByLibmilter(_:)``;
    ///   ``MilterError/signalsNotHeld``.
    public init(
        _ configuration: MilterConfiguration, makeSession: @escaping @Sendable () -> any MilterSession
    ) throws(MilterError) {
        guard SignalThread.isHeld else { throw .signalsNotHeld }
        guard !Self.isTaken.exchange(true, ordering: .acquiringAndReleasing) else { throw .oneServerPerProcess }
        self.configuration = configuration
        self.makeSession = makeSession
        self.agreement = Agreement(configuration)
        do throws(MilterError) {
            try register()
        } catch {
            Self.isTaken.store(false, ordering: .releasing)
            throw error
        }
        Self.current = self
    }

    /// The messages that have begun and are neither decided nor given up.
    public var openMessages: Int { messages.load(ordering: .relaxed) }
    /// The connections that have negotiated and are not closed.
    public var openSessions: Int { sessions.load(ordering: .relaxed) }
    /// The connections refused for ``MilterConfiguration/maximumSessions`` so far.
    public var refusedSessions: Int { refused.load(ordering: .relaxed) }

    private func register() throws(MilterError) {
        guard (1...86400).contains(configuration.timeout), smfi_settimeout(CInt(configuration.timeout)) == MI_SUCCESS
        else { throw .refusedByLibmilter("a timeout of \(configuration.timeout) s") }
        guard (65_535...1 << 24).contains(configuration.maximumPacketSize) else {
            throw .refusedByLibmilter("packets of \(configuration.maximumPacketSize) bytes")
        }
        smfi_setmaxdatasize(configuration.maximumPacketSize)
        guard let name = strdup(configuration.name), let socket = strdup(configuration.socket.description) else {
            throw .refusedByLibmilter("to begin without memory")
        }
        guard smfi_register(Callbacks.description(name: name, actions: agreement.actions)) == MI_SUCCESS else {
            throw .refusedByLibmilter("the name \"\(configuration.name)\"")
        }
        guard smfi_setconn(socket) == MI_SUCCESS else {
            throw .refusedByLibmilter("the socket \(configuration.socket)")
        }
    }

    // MARK: What connections report

    func sessionMayBegin() -> Bool {
        let count = sessions.add(1, ordering: .relaxed).newValue
        guard count <= configuration.maximumSessions else {
            sessions.subtract(1, ordering: .relaxed)
            refused.add(1, ordering: .relaxed)
            return false
        }
        return true
    }

    func sessionEnded() {
        sessions.subtract(1, ordering: .relaxed)
    }

    func messageBegan() {
        messages.add(1, ordering: .relaxed)
    }

    func messageEnded() {
        let count = messages.subtract(1, ordering: .sequentiallyConsistent).newValue
        if count == 0, isDraining.load(ordering: .sequentiallyConsistent) {
            wasIdleWhileDraining.store(true, ordering: .relaxed)
        }
    }

    /// Whether there has been a moment without open messages since the first call.
    func isDrained() -> Bool {
        isDraining.store(true, ordering: .sequentiallyConsistent)
        return messages.load(ordering: .sequentiallyConsistent) == 0 || wasIdleWhileDraining.load(ordering: .relaxed)
    }
}
