// SPDX-License-Identifier: Apache-2.0
import Glibc
import Milter
import MilterClient
import Synchronization

/// The server of an exit test, which is a process of its own and may therefore stop it.
final class OwnServer: Sendable {
    let server: MilterServer
    let endpoint: MilterEndpoint
    let path: String
    let folder: ScratchFolder
    let notes = Notes()
    /// How ``MilterServer/run()`` ended; `nil` while it has not.
    let outcome = Mutex<Result<Void, MilterError>?>(nil)

    init(_ change: (inout MilterConfiguration) -> Void = { _ in }) throws {
        folder = try ScratchFolder()
        path = folder.file("milter")
        var configuration = TestServer.configuration(path: path)
        change(&configuration)
        endpoint =
            switch configuration.socket {
            case .unix(let path, _): .unix(path: path)
            case .inet(let host, let port): .inet(host: host, port: port)
            }
        let notes = notes
        server = try MilterServer(configuration) { ScriptedSession(.init(), notes: notes) }
    }

    /// Runs the server on a thread, and comes back when it serves.
    func start() throws {
        try server.open()
        Thread.start { [self] in
            let result = Result { () throws(MilterError) in try server.run() }
            outcome.withLock { $0 = result }
        }
        // Whoever negotiates is served.
        _ = try MilterConversation(with: endpoint)
    }

    /// Waits, for at most 10 s, until the server has ended.
    func waitForEnd() -> Result<Void, MilterError>? {
        for _ in 0..<10_000 {
            if let result = outcome.withLock({ $0 }) { return result }
            usleep(1_000)
        }
        return nil
    }

    func conversation() throws -> MilterConversation {
        let conversation = try MilterConversation(with: endpoint)
        try conversation.connect(host: "own.example", .unknown)
        return conversation
    }
}
