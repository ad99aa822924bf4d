// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

/// Performs what the queue helper was asked for, with Postfix's own programs.
struct QueueActor {
    private let programs: PostfixPrograms
    private let runner = CommandRunner(limit: .seconds(60))
    private var lastReload: ContinuousClock.Instant?

    init(programs: PostfixPrograms) {
        self.programs = programs
    }

    mutating func perform(_ request: HelperRequest, at now: ContinuousClock.Instant) -> HelperAnswer {
        do throws(CommandError) {
            switch request {
            case .hold(let ids): return try postsuper(["-h", "-"], ids)
            case .release(let ids): return try postsuper(["-H", "-"], ids)
            case .requeue(let ids): return try postsuper(["-r", "-"], ids)
            case .delete(let ids): return try postsuper(["-d", "-", "hold"], ids)
            case .expire(let ids): return try postsuper(["-e", "-"], ids)
            case .preview(let id): return try preview(id)
            case .reloadQueueManager: return try reload(at: now)
            }
        } catch {
            return .failed(error.description)
        }
    }

    /// One call for all; an ID that Postfix does not know is passed over by postsuper(1) and missing in its count.
    private func postsuper(_ arguments: [String], _ ids: [QueueID]) throws(CommandError) -> HelperAnswer {
        let input = ids.map { "\($0)\n" }.joined()
        let result = try runner.run(programs.command("postsuper", arguments, input: Array(input.utf8))).orThrow()
        return .done(count: Self.count(in: result.errors))
    }

    /// The number in postsuper's last line, such as `postsuper: Released from hold: 3 messages`.
    static func count(in errors: [UInt8]) -> Int {
        let lines = String(decoding: errors, as: UTF8.self).split(separator: "\n")
        let words = lines.last { $0.hasSuffix(" message") || $0.hasSuffix(" messages") }?.split(separator: " ") ?? []
        return words.dropLast().last.flatMap { Int($0) } ?? 0
    }

    private func preview(_ id: QueueID) throws(CommandError) -> HelperAnswer {
        var content: [UInt8] = []
        let command = programs.command("postcat", ["-q", "-h", "-b", id.description])
        try runner.run(command) { bytes in
            bytes.withUnsafeBufferPointer {
                content.append(contentsOf: $0.prefix(HelperAnswer.maximumContent - content.count))
            }
            return content.count < HelperAnswer.maximumContent
        }.orThrow()
        return .done(count: 1, content: content)
    }

    /// At most, a tenth of a second between them: on a busy machine the old qmgr(8) takes its time to end.
    private static let kicks = 50

    private mutating func reload(at now: ContinuousClock.Instant) throws(CommandError) -> HelperAnswer {
        if let lastReload, now - lastReload < QueueHelper.reloadInterval {
            return .refused("qmgr started anew less than \(QueueHelper.reloadInterval) ago")
        }
        let parameters = try PostfixParameters.read(programs, runner: runner)
        guard let manager = QueueManager(spool: parameters.queueDirectory) else {
            return .failed("no running qmgr is found")
        }
        lastReload = now
        manager.end()
        // So that it starts now, not with the next message. While the old one ends there is nobody to hear it.
        let kick = programs.command("postkick", ["public", "qmgr", "W"])
        for _ in 1..<Self.kicks {
            if try runner.run(kick).isSuccess { return .done(count: 1) }
            usleep(100_000)
        }
        try runner.run(kick).orThrow()
        return .done(count: 1)
    }
}
