// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
internal import PosternServer
internal import StatusModel

struct Enforce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Have limits or listings act, from now on.")

    @OptionGroup var change: ModeChange

    func run() async throws { try await change.perform(.enforce) }
}

struct Observe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Have limits or listings only watch, from now on.")

    @OptionGroup var change: ModeChange

    func run() async throws { try await change.perform(.observe) }
}

/// What `enforce` and `observe` have in common: they change one mode in the configuration and have the daemon read it.
struct ModeChange: ParsableArguments {
    /// A part whose mode may be changed so.
    enum Part: String, ExpressibleByArgument, CaseIterable {
        case limits
        case listings
    }

    @OptionGroup var file: ConfigurationFile
    @OptionGroup var socket: StatusSocket
    @Argument(help: "The part.") var part: Part
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false

    func perform(_ mode: Mode) async throws {
        let before = try file.orLeave(Configuration.load)
        let now = part == .limits ? before.modes.limits : before.modes.listings
        guard now != mode else { return print("\(part.rawValue): \(mode.rawValue) already") }
        print("\(file.path): modes.\(part.rawValue) from \(now.rawValue) to \(mode.rawValue): \(meaning(of: mode))")
        guard yes || isAgreed() else { return print("nothing was changed") }
        try rewrite(mode)
        let report = try await socket.ask { try await $0.order("/v1/reload") }
        print(Terminal.harmless(report.message))
        guard report.applied else { throw ExitStatus.finding }
        if part == .listings, mode == .enforce {
            print(
                "Postfix must ask for the routes: postern setup --listings wires it, postern check tells whether it does"
            )
        }
    }

    private func meaning(of mode: Mode) -> String {
        switch (part, mode) {
        case (.limits, .enforce): "mail over a limit is held, deferred or refused"
        case (.listings, .enforce): "mail for a provider that lists us is kept and let out again by itself"
        case (_, _): "what would be done is counted and told, nothing is done"
        }
    }

    private func isAgreed() -> Bool {
        print("Change it? [y/N] ", terminator: "")
        fflush(nil)
        return readLine().map { ["y", "yes"].contains($0.lowercased()) } ?? false
    }

    /// Writes the new text beside the file, reads it as the daemon would, and only then puts it in the file's place.
    private func rewrite(_ mode: Mode) throws {
        let place = SafeFile(file.path)
        do {
            try place.replace(by: ModeEdit.text(place.text(), setting: part.rawValue, to: mode)) { trial in
                let after = try ConfigurationFile.value(of: trial, Configuration.load)
                guard (part == .limits ? after.modes.limits : after.modes.listings) == mode else {
                    throw SafeFile.Failure(
                        text: "\(file.path) says it in a way that is not understood here: change it by hand")
                }
            }
        } catch let failure as SafeFile.Failure {
            Terminal.complain("postern: \(failure)")
            throw ExitStatus.finding
        }
    }
}
