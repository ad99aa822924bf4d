// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import StatusModel

/// Asks the daemon over its status socket.
public struct StatusClient: Sendable {
    /// Why there is no answer.
    public enum Failure: Error, CustomStringConvertible {
        /// Nobody listens, or we may not connect.
        case unreachable(path: String, reason: String)
        /// The daemon answered with this status.
        case refused(status: Int, body: String)
        /// The daemon listens, and has not answered in time.
        case silent
        /// The daemon said something that this version does not understand.
        case notUnderstood

        /// What a refusal says in words; `nil` if it has none.
        private static func words(of body: String) -> String? {
            guard let problem = try? JSONDecoder().decode(Problem.self, from: Data(body.utf8)) else { return nil }
            return problem.advice.isEmpty ? problem.error : "\(problem.error); \(problem.advice)"
        }

        /// One line for the operator.
        public var description: String {
            switch self {
            case .unreachable(let path, let reason):
                "the daemon does not answer at \(path): \(reason); is it running? (systemctl status postern)"
            case .refused(let status, let body): Self.words(of: body) ?? "the daemon answered \(status): \(body)"
            case .silent: "the daemon listens but does not answer; is this host too busy? (systemctl status postern)"
            case .notUnderstood: "the daemon's answer cannot be read; is it of another version?"
            }
        }
    }

    /// More than this no answer has.
    private static let largestAnswer = 64 << 20
    private static let patience = TimeAmount.seconds(10)

    private let path: String

    /// A client of the socket at `path`.
    public init(socket path: String) {
        self.path = path
    }

    /// What stands at `resource`, such as `/v1/status`, as JSON bytes.
    public func get(_ resource: String) async throws -> [UInt8] {
        try await ask(.GET, resource, [])
    }

    /// Has something done, which may take `patience`: sends `body`, JSON or nothing, to `resource`; what was done, as JSON
    /// bytes.
    public func post(
        _ resource: String, _ body: [UInt8] = [], patience: Duration = .seconds(60)
    ) async throws -> [UInt8] {
        try await ask(.POST, resource, body, patience: .seconds(patience.components.seconds))
    }

    private func ask(
        _ method: HTTPMethod, _ resource: String, _ body: [UInt8], patience: TimeAmount = Self.patience
    ) async throws -> [UInt8] {
        let channel: NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
        do {
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(Self.patience)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(IdleStateHandler(readTimeout: patience))
                        try channel.pipeline.syncOperations.addHandler(CloseWhenIdle())
                        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                    }
                }
        } catch let error as IOError {
            throw Failure.unreachable(path: path, reason: errorText(error.errnoCode))
        }
        return try await channel.executeThenClose { inbound, outbound in
            var head = HTTPRequestHead(
                version: .http1_1, method: method, uri: resource, headers: ["Host": "postern", "Connection": "close"])
            if method == .POST { head.headers.add(name: "Content-Length", value: String(body.count)) }
            try await outbound.write(.head(head))
            if !body.isEmpty { try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
            try await outbound.write(.end(nil))
            return try await Self.answer(from: inbound)
        }
    }

    private static func answer(from parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>) async throws -> [UInt8]
    {
        var status = HTTPResponseStatus.internalServerError
        var isAnswered = false
        var body: [UInt8] = []
        for try await part in parts {
            switch part {
            case .head(let head):
                status = head.status
                isAnswered = true
            case .body(let buffer):
                guard body.count + buffer.readableBytes <= largestAnswer else { throw Failure.notUnderstood }
                body += buffer.readableBytesView
            case .end:
                guard status.code == 200 else {
                    throw Failure.refused(status: Int(status.code), body: String(decoding: body, as: UTF8.self))
                }
                return body
            }
        }
        throw isAnswered ? Failure.notUnderstood : .silent
    }

    /// What stands at `resource`, decoded.
    public func get<Report: Decodable>(_ resource: String, as type: Report.Type) async throws -> Report {
        try Self.decoded(await get(resource), as: type)
    }

    /// Has something done; what was done.
    public func order(_ resource: String, _ body: [UInt8] = []) async throws -> ActionReport {
        try Self.decoded(await post(resource, body), as: ActionReport.self)
    }

    /// Has something done, which may take `patience`, and gives what came of it.
    public func post<Report: Decodable>(
        _ resource: String, patience: Duration, as type: Report.Type
    ) async throws -> Report {
        try Self.decoded(await post(resource, patience: patience), as: type)
    }

    private static func decoded<Report: Decodable>(_ bytes: [UInt8], as type: Report.Type) throws -> Report {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw Failure.notUnderstood
        }
    }
}

/// Closes a connection on which nothing has come for too long.
private final class CloseWhenIdle: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
    }
}
