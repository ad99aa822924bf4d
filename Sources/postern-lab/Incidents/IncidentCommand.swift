// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import PosternLab

/// `postern-lab incidents`: three stories as they happen to real servers, each with Postfix alone and with Postern beside
/// it, counted message by message.
struct IncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents",
        abstract: "Play three incidents with and without Postern, and count what came of them.",
        discussion: """
            throttle: a provider throttles, then lists our address while mail waits, and delists it later.
            form: a contact form sends thousands through sendmail.
            login: a stolen login sends from forty networks, each message from another envelope sender.
            Hours are played as seconds: retries, probes and steps are shortened by as much on both sides.
            """)

    @Argument(help: "The stories to play; all of them if none is named.") var stories: [Story] = []
    @Option(help: "Messages that wait when the provider lists us.") var waiting = 500
    @Option(help: "Recipients of spam in each of the other two stories.") var spam = 10_000

    /// Postfix's own 5 minutes and more in little, but longer than qmgr(8) remembers an answer: that is not shortened.
    private static let retries = [
        "queue_run_delay = 10s", "minimal_backoff_time = 40s", "maximal_backoff_time = 60s",
    ]

    /// A story by its name.
    enum Story: String, CaseIterable, ExpressibleByArgument {
        case throttle
        case form
        case login
    }

    func validate() throws {
        guard (10...5000).contains(waiting) else { throw ValidationError("--waiting is a number from 10 to 5000.") }
        guard (100...100_000).contains(spam) else { throw ValidationError("--spam is a number from 100 to 100000.") }
    }

    func run() async throws {
        for story in stories.isEmpty ? Story.allCases : stories {
            let incident: any Incident =
                switch story {
                case .throttle: ThrottleIncident(waiting: waiting)
                case .form: SpamIncident(way: .form, spam: spam)
                case .login: SpamIncident(way: .login, spam: spam)
                }
            var counts: [IncidentCount] = []
            for isGuarded in [false, true] {
                progress("\(story.rawValue), \(isGuarded ? "with Postern" : "Postfix alone")")
                counts.append(
                    try await Lab.with(.init(postconf: Self.retries)) { lab in
                        if isGuarded { try await guardLab(lab, incident.configuration) }
                        return try await incident.play(in: lab)
                    })
            }
            print("\n\(incident.title)\n\n\(IncidentCount.table(alone: counts[0], guarded: counts[1]))")
        }
    }

    private func guardLab(_ lab: Lab, _ configuration: String) async throws {
        try await Postern.install(in: lab)
        try await Postern.configure(in: lab, more: configuration)
        _ = try await Postern.startQueueHelper(in: lab)
        _ = try await Postern.start(in: lab)
    }

    private func progress(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
