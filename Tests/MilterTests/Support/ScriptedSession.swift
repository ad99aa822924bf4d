// SPDX-License-Identifier: Apache-2.0
import Milter

/// A session that notes what it hears and answers as it was told.
final class ScriptedSession: MilterSession {
    /// What a test decides.
    struct Script: Sendable {
        var verdicts: [String: MilterVerdict] = [:]
        var macros: [MilterMacro] = []
        var atEnd: @Sendable (MilterMessage) throws -> MilterVerdict = { _ in .proceed }
    }

    private let script: Script
    private let notes: Notes

    init(_ script: Script, notes: Notes) {
        self.script = script
        self.notes = notes
    }

    func negotiated(_ negotiation: MilterNegotiation) {
        notes.add("negotiated \(negotiation.granted)" + (negotiation.shortfall.map { "; \($0)" } ?? ""))
    }

    func connected(
        host: UnsafeRawBufferPointer, address: MilterPeer?, _ context: MilterContext
    ) -> MilterVerdict {
        hear("connect", "\(text(host)) \(address.map { "\($0)" } ?? "nowhere")", context)
    }

    func helo(_ name: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict {
        hear("helo", text(name), context)
    }

    func envelopeSender(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict {
        hear("mail", ([text(arguments.address)] + arguments.parameters).joined(separator: " "), context)
    }

    func envelopeRecipient(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict {
        hear("rcpt", ([text(arguments.address)] + arguments.parameters).joined(separator: " "), context)
    }

    func data(_ context: MilterContext) -> MilterVerdict {
        hear("data", "", context)
    }

    func header(
        name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, _ context: MilterContext
    ) -> MilterVerdict {
        hear("header", text(name) + ":" + text(value), context)
    }

    func endOfHeaders(_ context: MilterContext) -> MilterVerdict {
        hear("eoh", "", context)
    }

    func body(_ chunk: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict {
        hear("body", "\(chunk.count)", context)
    }

    func endOfMessage(_ message: MilterMessage) -> MilterVerdict {
        do {
            _ = hear("eom", "", message.context)
            return try script.atEnd(message)
        } catch {
            notes.add("\(error)")
            return .temporaryFailure
        }
    }

    func aborted() { notes.add("abort") }
    func closed() { notes.add("close") }

    private func hear(_ step: String, _ what: String, _ context: MilterContext) -> MilterVerdict {
        notes.add(what.isEmpty ? step : step + " " + what)
        for macro in script.macros {
            if let value = context.macroText(macro) { notes.add("\(step) has \(macro)=\(value)") }
        }
        return script.verdicts[step] ?? .proceed
    }

    private func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
