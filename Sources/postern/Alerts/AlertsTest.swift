// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import PosternServer

struct AlertsTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Has the daemon send a test alert, and says what became of it.",
        discussion: "The daemon itself sends it, as it sends all alerts: by [alerts] mail and command, with its own "
            + "rights. An address at a provider that takes no mail of ours now is left out, and why is said.")

    @OptionGroup var socket: StatusSocket
    @Flag(help: "As JSON.") var json = false

    func run() async throws {
        // The command and sendmail may take 30 s each, and aliases are looked up.
        let delivery = try await socket.ask {
            try await $0.post("/v1/alerts/test", patience: .seconds(120), as: AlertDelivery.self)
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(delivery), as: UTF8.self))
        } else {
            show(delivery)
        }
        if !delivery.isDelivered { throw ExitStatus.finding }
    }

    private func show(_ delivery: AlertDelivery) {
        for address in delivery.mailed { print("mailed to  " + Terminal.harmless(address)) }
        if delivery.usedFallback {
            print("           nobody in alerts.mail could be reached, so alerts.fallback was taken")
        }
        if let command = delivery.command { print("told       " + Terminal.harmless(command)) }
        for skip in delivery.skipped {
            print(
                "left out   \(Terminal.harmless(skip.address)) (from \(Terminal.harmless(skip.name))): "
                    + "\(Terminal.harmless(skip.provider)) takes no mail of ours now")
        }
        for trouble in delivery.troubles { print("trouble    " + Terminal.harmless(trouble)) }
        if delivery.isDelivered {
            print("Now see whether it arrived; what Postfix did with the mail stands in its log.")
        } else {
            Terminal.complain("postern: the test reached nobody")
        }
    }
}
