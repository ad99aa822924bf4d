// SPDX-License-Identifier: Apache-2.0
import Milter
import Synchronization

/// A session that becomes another one once it knows who connects.
///
/// Until then, and for strangers, it reads all that it is given, as a careless filter would.
final class RoutedSession: MilterSession {
    private let scripts: TestServer.Scripts
    private var negotiation: MilterNegotiation?
    private var scripted: ScriptedSession?
    private var readBytes = 0

    init(_ scripts: TestServer.Scripts) {
        self.scripts = scripts
    }

    func negotiated(_ negotiation: MilterNegotiation) {
        self.negotiation = negotiation
    }

    func connected(
        host: UnsafeRawBufferPointer, address: MilterPeer?, _ context: MilterContext
    ) -> MilterVerdict {
        let name = String(decoding: host, as: UTF8.self)
        if let (script, notes) = scripts.all.withLock({ $0[name] }) {
            scripted = ScriptedSession(script, notes: notes)
            if let negotiation { scripted?.negotiated(negotiation) }
        }
        return scripted?.connected(host: host, address: address, context) ?? read(host, context)
    }

    func helo(_ name: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict {
        scripted?.helo(name, context) ?? read(name, context)
    }

    func envelopeSender(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict {
        for parameter in arguments.parameters { readBytes &+= parameter.utf8.count }
        return scripted?.envelopeSender(arguments, context) ?? read(arguments.address, context)
    }

    func envelopeRecipient(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict {
        for parameter in arguments.parameters { readBytes &+= parameter.utf8.count }
        return scripted?.envelopeRecipient(arguments, context) ?? read(arguments.address, context)
    }

    func data(_ context: MilterContext) -> MilterVerdict {
        scripted?.data(context) ?? read(.init(start: nil, count: 0), context)
    }

    func header(
        name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, _ context: MilterContext
    ) -> MilterVerdict {
        readBytes &+= name.count
        return scripted?.header(name: name, value: value, context) ?? read(value, context)
    }

    func endOfHeaders(_ context: MilterContext) -> MilterVerdict {
        scripted?.endOfHeaders(context) ?? read(.init(start: nil, count: 0), context)
    }

    func body(_ chunk: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict {
        scripted?.body(chunk, context) ?? read(chunk, context)
    }

    func endOfMessage(_ message: MilterMessage) -> MilterVerdict {
        if let scripted { return scripted.endOfMessage(message) }
        try? message.insertHeader(at: 0, name: "X-Bytes", value: "\(readBytes)")
        return read(.init(start: nil, count: 0), message.context)
    }

    func aborted() { scripted?.aborted() }
    func closed() { scripted?.closed() }

    private func read(_ bytes: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict {
        readBytes &+= bytes.count + Int(bytes.first ?? 0) + Int(bytes.last ?? 0)
        for macro in [MilterMacro.queueID, .authenticatedLogin, .clientAddress, .recipientMailer] {
            readBytes &+= context.macroText(macro)?.utf8.count ?? 0
        }
        return .proceed
    }
}
