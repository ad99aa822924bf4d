// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Asks the queue helper; for the daemon and for commands.
public struct QueueHelperClient: Sendable {
    /// Where systemd listens for it.
    public static let standardSocket = "/run/postern-queue-helper.sock"

    private let socket: String
    private let limit: Duration

    /// A client of the helper at a socket.
    /// - Parameters:
    ///   - socket: Its path.
    ///   - limit: How long one request may take.
    public init(socket: String = standardSocket, limit: Duration = .seconds(70)) {
        self.socket = socket
        self.limit = limit
    }

    /// Acts on messages; blocks the thread.
    ///
    /// More than ``HelperRequest/maximumIDs`` are as many requests as it takes.
    /// - Returns: How many messages Postfix acted on: those that were there, or for a preview or a reload 1.
    @discardableResult
    public func perform(_ request: HelperRequest) throws(QueueHelperError) -> Int {
        var total = 0
        for part in Self.parts(of: request) { total += try ask(part, instead: request).count }
        return total
    }

    /// The beginning of a message, header and body, of at most 16 KiB, whatever a stranger wrote; blocks the thread.
    public func preview(_ id: QueueID) throws(QueueHelperError) -> [UInt8] {
        try ask(.preview(id), instead: .preview(id)).content
    }

    private static func parts(of request: HelperRequest) -> [HelperRequest] {
        func cut(_ ids: [QueueID], _ make: ([QueueID]) -> HelperRequest) -> [HelperRequest] {
            stride(from: 0, to: ids.count, by: HelperRequest.maximumIDs).map {
                make(Array(ids[$0..<min($0 + HelperRequest.maximumIDs, ids.count)]))
            }
        }
        return switch request {
        case .hold(let ids): cut(ids) { .hold($0) }
        case .release(let ids): cut(ids) { .release($0) }
        case .requeue(let ids): cut(ids) { .requeue($0) }
        case .delete(let ids): cut(ids) { .delete($0) }
        case .expire(let ids): cut(ids) { .expire($0) }
        case .preview, .reloadQueueManager: [request]
        }
    }

    private func ask(
        _ request: HelperRequest, instead whole: HelperRequest
    ) throws(QueueHelperError) -> (count: Int, content: [UInt8]) {
        let deadline = ContinuousClock.now + limit
        let connection: UnixSocket
        do throws(ErrorNumber) {
            connection = try UnixSocket.connected(to: socket)
        } catch {
            throw .absent(socket: socket, reason: error.text, command: whole.commandLine)
        }
        // A helper that refuses the caller does so before it has read, so what it says is read in any case.
        _ = connection.write(Array("\(request.line)\n".utf8), until: deadline)
        let bytes = connection.read(most: HelperAnswer.maximumLength, until: deadline) { _ in false }
        switch HelperAnswer(bytes) {
        case .done(let count, let content): return (count, content)
        case .refused(let words): throw .refused(words)
        case .failed(let words): throw .failed(words)
        case nil: throw .failed("it did not answer within \(limit)")
        }
    }
}
