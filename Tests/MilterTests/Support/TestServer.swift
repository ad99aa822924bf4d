// SPDX-License-Identifier: Apache-2.0
import Glibc
import Milter
import MilterClient
import Synchronization

/// The one server of the test process; libmilter allows no second.
///
/// Each test has sessions of its own: the host name of the connecting client tells whose they are.
final class TestServer: Sendable {
    let endpoint: MilterEndpoint
    let server: MilterServer
    let path: String
    private let folder: ScratchFolder
    private let scripts: Scripts

    /// The server, which runs from the first use to the end of the process.
    static let shared: Result<TestServer, any Error> = Result { try TestServer() }

    private init() throws {
        folder = try ScratchFolder()
        path = folder.file("milter")
        endpoint = .unix(path: path)
        let scripts = Scripts()
        self.scripts = scripts
        server = try MilterServer(Self.configuration(path: path)) { RoutedSession(scripts) }
        try server.open()
        let server = server
        Thread.start { try? server.run() }
    }

    /// All steps, header fields without reply.
    static func configuration(path: String) -> MilterConfiguration {
        MilterConfiguration(
            name: "milter-tests", socket: .unix(path: path), steps: .all,
            answered: MilterSteps.all.subtracting([.headers, .endOfHeaders]),
            actions: [.addHeaders, .changeHeaders, .quarantine, .addRecipients, .deleteRecipients, .changeSender],
            macros: [.envelopeSender: [.queueID, .authenticatedLogin], .endOfMessage: [.queueID]],
            maximumSessions: 64)
    }

    /// The notes of the sessions whose client has this host name.
    func listen(to host: String, _ script: ScriptedSession.Script = .init()) -> Notes {
        let notes = Notes()
        scripts.all.withLock { $0[host] = (script, notes) }
        return notes
    }

    /// A conversation that has got as far as HELO.
    func conversation(as host: String) throws -> MilterConversation {
        let conversation = try MilterConversation(with: endpoint)
        try conversation.connect(host: host, .ipv4("192.0.2.7", port: 4711))
        try conversation.say(.helo, host)
        return conversation
    }

    final class Scripts: Sendable {
        let all = Mutex<[String: (ScriptedSession.Script, Notes)]>([:])
    }
}
