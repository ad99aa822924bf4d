// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

/// The only part of Postern that is root: acts on Postfix's queue for the daemon, by a handful of verbs on queue IDs.
///
/// A connection is one request and its answer. Connections are served one after the other, each bounded in time, so that one
/// process knows when it had qmgr(8) start anew last. Started by a socket unit of systemd, it ends when nobody has asked
/// for ``idleLife``, and systemd starts it again with the next request.
public struct QueueHelper: Sendable {
    /// How long it lives without a request, under socket activation.
    ///
    /// Longer than ``reloadInterval``, so that the interval is kept across its lives too.
    public static let idleLife = Duration.seconds(120)
    /// The shortest time from one restart of qmgr(8) to the next.
    public static let reloadInterval = Duration.seconds(60)
    /// How long a client may take to send its line, or to take its answer.
    static let patience = Duration.seconds(5)

    private let users: Set<UInt32>
    private let programs: PostfixPrograms
    private let tell: @Sendable (String) -> Void

    /// A helper.
    /// - Parameters:
    ///   - user: The daemon's user; root is heard as well, nobody else.
    ///   - programs: Where postsuper(1) is, and of which instance.
    ///   - tell: Called with a line for the operator for each act.
    public init(
        user: String, programs: PostfixPrograms = PostfixPrograms(), tell: @escaping @Sendable (String) -> Void
    ) {
        users = Set([0] + [UserNumbers.number(of: user)].compactMap { $0 })
        self.programs = programs
        self.tell = tell
    }

    /// Serves the socket that systemd handed over, until nobody has asked for a while.
    /// - Returns: Whether there was such a socket.
    public func runActivated() -> Bool {
        guard let socket = UnixSocket.activated() else { return false }
        serve(socket, idle: Self.idleLife)
        return true
    }

    /// Serves a socket of its own, without end.
    /// - Throws: ``CommandError/notStarted(program:reason:)``
    public func run(at path: String) throws(CommandError) {
        let socket: UnixSocket
        do throws(ErrorNumber) {
            socket = try UnixSocket.listening(at: path)
        } catch {
            throw .notStarted(program: path, reason: error.text)
        }
        tell("listening at \(path)")
        while true { serve(socket, idle: .hours(24)) }
    }

    private func serve(_ socket: borrowing UnixSocket, idle: Duration) {
        var actor = QueueActor(programs: programs)
        while let client = socket.accept(within: idle) { serve(client, by: &actor) }
    }

    private func serve(_ client: borrowing UnixSocket, by actor: inout QueueActor) {
        guard let peer = client.peer(), users.contains(peer.user) else {
            tell("refused: uid \(client.peer().map { "\($0.user)" } ?? "unknown") may not ask")
            _ = client.write(
                HelperAnswer.refused("only root and the daemon's user may ask").bytes, until: .now + Self.patience)
            return
        }
        let line = client.read(most: HelperRequest.maximumLine + 1, until: .now + Self.patience) {
            $0.last == UInt8(ascii: "\n")
        }
        guard line.last == UInt8(ascii: "\n"),
            let request = HelperRequest(line: line.span.extracting(..<(line.count - 1)))
        else {
            tell("refused: uid \(peer.user), process \(peer.process) asked for something unknown")
            _ = client.write(HelperAnswer.refused("that is no request").bytes, until: .now + Self.patience)
            return
        }
        let answer = actor.perform(request, at: .now)
        tell("uid \(peer.user), process \(peer.process): \(Self.summary(of: request)): \(Self.summary(of: answer))")
        _ = client.write(answer.bytes, until: .now + Self.patience)
    }

    /// Which messages, so far as a line of a log can hold them; postsuper(1) itself logs each.
    private static func summary(of request: HelperRequest) -> String {
        let ids = request.ids
        let shown = ids.prefix(20).map(\.description).joined(separator: " ")
        return request.verb + (ids.isEmpty ? "" : " \(shown)") + (ids.count > 20 ? " and \(ids.count - 20) more" : "")
    }

    private static func summary(of answer: HelperAnswer) -> String {
        switch answer {
        case .done(let count, _): "done, \(count)"
        case .refused(let words): "refused: \(words)"
        case .failed(let words): "failed: \(words)"
        }
    }
}
