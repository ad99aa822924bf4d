// SPDX-License-Identifier: Apache-2.0
internal import CMilter
internal import Glibc

/// libmilter's callbacks: C functions that find the connection, ask its session, and translate the verdict.
///
/// A peer may cause them in any order, so each works without any other having come before.
enum Callbacks {
    /// The description that libmilter is registered with; `name` must outlive the process.
    ///
    /// Every callback is there and unwanted steps are switched off by negotiation: libmilter's table of the steps
    /// that can be left out is one for all connections.
    static func description(name: UnsafeMutablePointer<CChar>, actions: MilterActions) -> smfiDesc {
        smfiDesc(
            xxfi_name: name, xxfi_version: CInt(SMFI_VERSION), xxfi_flags: UInt(actions.rawValue),
            xxfi_connect: { handle, host, address in
                Callbacks.step(.connect, handle) {
                    $0.connected(host: .init(terminated: host), address: MilterPeer(address), $1)
                }
            },
            xxfi_helo: { handle, name in
                Callbacks.step(.helo, handle) { $0.helo(.init(terminated: name), $1) }
            },
            xxfi_envfrom: { handle, arguments in
                Callbacks.step(.envelopeSender, handle) { $0.envelopeSender(MilterArguments(arguments), $1) }
            },
            xxfi_envrcpt: { handle, arguments in
                Callbacks.step(.envelopeRecipient, handle) { $0.envelopeRecipient(MilterArguments(arguments), $1) }
            },
            xxfi_header: { handle, name, value in
                Callbacks.step(.headers, handle) {
                    $0.header(name: .init(terminated: name), value: .init(terminated: value), $1)
                }
            },
            xxfi_eoh: { handle in Callbacks.step(.endOfHeaders, handle) { $0.endOfHeaders($1) } },
            xxfi_body: { handle, bytes, count in
                Callbacks.step(.body, handle) { $0.body(UnsafeRawBufferPointer(start: bytes, count: count), $1) }
            },
            xxfi_eom: { handle in Callbacks.endOfMessage(handle) },
            xxfi_abort: { handle in
                if let handle, let connection = Connection.existing(of: handle) {
                    connection.session.aborted()
                    connection.messageEnded()
                }
                return sfsistat(SMFIS_CONTINUE)
            },
            xxfi_close: { handle in
                if let handle { Connection.end(on: handle) }
                return sfsistat(SMFIS_CONTINUE)
            },
            xxfi_unknown: nil,
            xxfi_data: { handle in Callbacks.step(.data, handle) { $0.data($1) } },
            xxfi_negotiate: { handle, actions, steps, _, _, wantedActions, wantedSteps, _, _ in
                Callbacks.negotiate(handle, actions, steps, wantedActions, wantedSteps)
            })
    }

    private static func step(
        _ step: MilterSteps, _ handle: OpaquePointer?, _ ask: (any MilterSession, MilterContext) -> MilterVerdict
    ) -> sfsistat {
        guard let handle, let connection = Connection.of(handle) else { return sfsistat(SMFIS_CONTINUE) }
        let configuration = connection.server.configuration
        if step.isOfMessage { connection.messageGoesOn() }
        // A peer can send what it was asked to leave out.
        let verdict: MilterVerdict =
            configuration.steps.contains(step)
            ? ask(connection.session, MilterContext(handle: handle, connection: connection)) : .proceed
        guard configuration.answered.contains(step) else {
            return sfsistat(configuration.steps.contains(step) ? SMFIS_NOREPLY : SMFIS_CONTINUE)
        }
        if step.isOfMessage, verdict.endsMessage(at: step) { connection.messageEnded() }
        return verdict.status(on: handle, canSkip: step == .body && connection.negotiation.understandsSkip)
    }

    private static func endOfMessage(_ handle: OpaquePointer?) -> sfsistat {
        guard let handle, let connection = Connection.of(handle) else { return sfsistat(SMFIS_CONTINUE) }
        connection.messageGoesOn()
        let context = MilterContext(handle: handle, connection: connection)
        let verdict = connection.session.endOfMessage(MilterMessage(context: context))
        let status = verdict.status(on: handle, canSkip: false)
        connection.messageEnded()
        return status
    }

    private static func negotiate(
        _ handle: OpaquePointer?, _ offeredActions: UInt, _ offeredSteps: UInt,
        _ wantedActions: UnsafeMutablePointer<UInt>?, _ wantedSteps: UnsafeMutablePointer<UInt>?
    ) -> sfsistat {
        guard let handle, let server = MilterServer.current, let wantedActions, let wantedSteps else {
            return sfsistat(SMFIS_REJECT)
        }
        let agreement = server.agreement
        let offered = MilterActions(rawValue: UInt32(truncatingIfNeeded: offeredActions))
        let actions = agreement.actions.intersection(offered)
        let steps = agreement.steps & offeredSteps
        let negotiation = MilterNegotiation(
            granted: actions.subtracting(.nameMacros),
            missing: agreement.actions.subtracting(offered).subtracting(.nameMacros),
            keepsLeadingSpace: steps & UInt(SMFIP_HDR_LEADSPC) != 0,
            sendsNamedMacros: actions.contains(.nameMacros),
            understandsSkip: steps & UInt(SMFIP_SKIP) != 0)
        guard let connection = Connection.begin(on: handle, negotiation: negotiation) else {
            return sfsistat(SMFIS_REJECT)
        }
        if negotiation.sendsNamedMacros {
            for (stage, names) in agreement.macros { smfi_setsymlist(handle, stage, names) }
        }
        wantedActions.pointee = UInt(actions.rawValue)
        wantedSteps.pointee = steps
        connection.session.negotiated(negotiation)
        return sfsistat(SMFIS_CONTINUE)
    }
}

extension MilterSteps {
    fileprivate var isOfMessage: Bool { self != .connect && self != .helo }
}

extension MilterVerdict {
    /// Whether the MTA sends no more of the message after this verdict.
    fileprivate func endsMessage(at step: MilterSteps) -> Bool {
        switch self {
        case .proceed, .skip: false
        case .accept: true
        case .reject, .temporaryFailure, .discard, .reply: step != .envelopeRecipient
        }
    }

    fileprivate func status(on handle: OpaquePointer, canSkip: Bool) -> sfsistat {
        switch self {
        case .proceed: sfsistat(SMFIS_CONTINUE)
        case .accept: sfsistat(SMFIS_ACCEPT)
        case .reject: sfsistat(SMFIS_REJECT)
        case .temporaryFailure: sfsistat(SMFIS_TEMPFAIL)
        case .discard: sfsistat(SMFIS_DISCARD)
        case .skip: sfsistat(canSkip ? SMFIS_SKIP : SMFIS_CONTINUE)
        case .reply(let reply): reply.set(on: handle)
        }
    }
}
