// SPDX-License-Identifier: Apache-2.0
import PosternLab
import SeededRandom
import Testing

@Suite(.serialized) struct `A daemon that is killed during a listing` {
    @Test(arguments: KilledIncident.all)
    fileprivate func `loses nothing and sends nothing twice when the daemon is killed 25 times at any moment`(
        incident: KilledIncident
    ) async throws {
        try await withListings(quickListings.replacing("rate = 120", with: "rate = 1200")) { lab, postern in
            var random = SplitMix64(seed: incident.seed)
            var postern = postern
            var sent: [String] = []
            for round in 0..<25 {
                if let script = incident.scripts[round] { try lab.mx.script("microsoft-consumer", script) }
                let domain = ["hotmail.com", "outlook.com", "live.com"][round % 3]
                sent.append(try await lab.send(round, to: "bob\(round)@\(domain)"))
                try await Task.sleep(for: .milliseconds(Int64.random(in: 0...700, using: &random)))
                postern.program.signal(9)
                _ = try await postern.program.wait()
                postern = try await Postern.start(in: lab)
            }
            let arrived = try await lab.received(by: "microsoft-consumer", count: 25, within: .seconds(120))
            let account = MailAccount(of: arrived)
            #expect(account.duplicated.isEmpty)
            #expect(account.missing(of: sent).isEmpty)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
            // Each step of the listing begins where the last one ended, whatever was lost in between.
            let steps = try await lab.story(of: "microsoft-consumer").filter { !$0.hasPrefix("probe ") }
                .map { $0.split(separator: " ") }
            #expect(!steps.isEmpty)
            for (step, next) in zip(steps, steps.dropFirst()) { #expect(step.last == next.first, "\(steps)") }
        }
    }
}

/// What the provider does in which round of kills.
private struct KilledIncident: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var seed: UInt64
    var scripts: [Int: MXScript]

    static let all = [
        KilledIncident(
            testDescription: "a block at MAIL FROM", seed: 1,
            scripts: [0: [.reply(microsoftBlock, at: .mailFrom)], 15: []]),
        KilledIncident(
            testDescription: "a block at the end of the message", seed: 2,
            scripts: [0: [.reply(microsoftBlock, at: .endOfData)], 15: []]),
        KilledIncident(
            testDescription: "a throttle, then a block at RCPT TO", seed: 3,
            scripts: [0: [.reply(microsoftThrottle, at: .mailFrom)], 6: [.reply(microsoftBlock, at: .rcptTo)], 18: []]),
        KilledIncident(
            testDescription: "a block that ends and comes again", seed: 4,
            scripts: [
                2: [.reply(microsoftBlock, at: .rcptTo)], 8: [], 14: [.reply(microsoftBlock, at: .connect)], 20: [],
            ]),
    ]
}
