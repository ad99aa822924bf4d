// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
internal import PosternServer
internal import StatusModel

struct Top: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Watch the mail go by, on the whole screen; q ends it.")

    @OptionGroup var socket: StatusSocket

    func run() async throws {
        guard Terminal.isTerminal, isatty(STDIN_FILENO) == 1 else {
            Terminal.complain("postern: top needs a terminal; postern status --watch does not")
            throw ExitStatus.usage
        }
        var facts = try await socket.ask { try await TopFacts($0) }
        let screen = FullScreen()
        defer { screen.leave() }
        var problem: String?
        while true {
            screen.draw(TopScreen(facts, problem: problem).lines(width: screen.width, height: screen.height))
            switch screen.wait(milliseconds: 2000) {
            case .quit: return
            case .resized: continue
            case .timePassed: break
            }
            do {
                facts = try await TopFacts(StatusClient(socket: socket.socket))
                problem = nil
            } catch {
                problem = "\(error)"
            }
        }
    }
}
