// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import PosternCore
internal import PosternServer
internal import Settings

struct DKIMRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Bring a domain from its keys to new ones, a step at a time.",
        discussion: """
            Run it, do what it says, run it again: 1. it makes new keys and prints the records to publish; 2. when this \
            host's resolver and every name server of the zone have them, it writes the new keys into the configuration and \
            has the daemon read it; 3. while mail signed with the old keys may be on its way (Postfix's \
            maximal_queue_lifetime and a day), their records must stay; 4. then it says what can go, and --retired ends it. \
            Where it stands is kept in a file beside the keys. 1 while something is waited for.
            """)

    @Argument(help: "The signing domain; may be left out with --status.") var domain: String?
    @Flag(help: "Only tell where each rotation stands.") var status = false
    @Option(help: ArgumentHelp("Look again until the records are published, for so long.", valueName: "duration"))
    var wait: String?
    @Flag(help: "The old records are gone: delete the old key files and end the rotation.") var retired = false
    @Flag(help: "Give up before the switch: delete the new key files.") var abandon = false
    @Flag(help: "Go on though some name servers do not answer, if all that do agree.") var ignoreSilent = false
    @OptionGroup var file: ConfigurationFile
    @OptionGroup var socket: StatusSocket
    @Flag(help: "As JSON, with --status.") var json = false

    func validate() throws {
        guard status || domain != nil else { throw ValidationError("name a domain, or ask with --status") }
        guard [status, retired, abandon].count(where: { $0 }) <= 1 else {
            throw ValidationError("--status, --retired and --abandon exclude each other")
        }
        guard !json || status else { throw ValidationError("--json goes with --status") }
        guard wait.map({ Duration(written: $0) != nil }) ?? true else {
            throw ValidationError("--wait takes a duration such as 30m or 2h")
        }
    }

    func run() async throws {
        let configuration = try file.orLeave(Configuration.loadWithoutRules)
        let now = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
        do {
            if status { return try RotationStatus(configuration, only: domain, at: now).show(asJSON: json) }
            let work = try RotationWork(
                of: domain ?? "", configuration, path: file.path, ignoresSilence: ignoreSilent, at: now)
            if abandon { return try work.abandon() }
            if retired { return try await work.retire() }
            try await work.advance(waiting: wait.flatMap { Duration(written: $0) } ?? .zero) {
                try await socket.ask { try await $0.order("/v1/reload") }
            }
        } catch let failure as RotationWork.Failure {
            Terminal.complain("postern: \(Terminal.harmless(failure.description))")
            throw ExitStatus.finding
        } catch let failure as RotationFile.Failure {
            Terminal.complain("postern: \(Terminal.harmless(failure.description))")
            throw ExitStatus.finding
        }
    }
}
