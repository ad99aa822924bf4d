// SPDX-License-Identifier: Apache-2.0
internal import CMilter

/// What libmilter carries for us from one callback of a connection to the next.
///
/// Its callbacks never overlap, and libmilter's own locks order them, so it needs none.
final class Connection {
    let server: MilterServer
    let session: any MilterSession
    let negotiation: MilterNegotiation
    private var isInMessage = false

    init(_ server: MilterServer, negotiation: MilterNegotiation) {
        self.server = server
        self.session = server.makeSession()
        self.negotiation = negotiation
    }

    /// A step of a message has come; the first of them begins it.
    func messageGoesOn() {
        guard !isInMessage else { return }
        isInMessage = true
        server.messageBegan()
    }

    /// The message has been decided, given up, or cut off.
    func messageEnded() {
        guard isInMessage else { return }
        isInMessage = false
        server.messageEnded()
    }
}

// MARK: - libmilter's private pointer

extension Connection {
    /// The connection of a libmilter context.
    ///
    /// A peer that has not negotiated, or goes on after a close (`SMFIC_QUIT_NC`), gets a new one.
    /// - Returns: `nil` beyond the greatest number of sessions.
    static func of(_ handle: OpaquePointer) -> Connection? {
        existing(of: handle) ?? begin(on: handle, negotiation: .none)
    }

    /// The connection of a libmilter context, if it has one.
    static func existing(of handle: OpaquePointer) -> Connection? {
        smfi_getpriv(handle).map { Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Makes a connection and hands it to libmilter to keep.
    static func begin(on handle: OpaquePointer, negotiation: MilterNegotiation) -> Connection? {
        guard let server = MilterServer.current, server.sessionMayBegin() else { return nil }
        let connection = Connection(server, negotiation: negotiation)
        let kept = Unmanaged.passRetained(connection)
        guard smfi_setpriv(handle, kept.toOpaque()) == MI_SUCCESS else {
            kept.release()
            server.sessionEnded()
            return nil
        }
        return connection
    }

    /// Takes the connection back from libmilter and ends it.
    static func end(on handle: OpaquePointer) {
        guard let kept = smfi_getpriv(handle) else { return }
        // libmilter logs a warning about a pointer that is left.
        smfi_setpriv(handle, nil)
        let connection = Unmanaged<Connection>.fromOpaque(kept).takeRetainedValue()
        connection.session.closed()
        connection.messageEnded()
        connection.server.sessionEnded()
    }
}
