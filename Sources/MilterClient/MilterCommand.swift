// SPDX-License-Identifier: Apache-2.0

/// What an MTA says: the command byte of a packet.
///
/// Source: libmilter/mfdef.h, `SMFIC_*`.
public enum MilterCommand: UInt8, CaseIterable, Sendable {
    /// Gives up the message.
    case abort = 0x41
    /// A piece of the body.
    case body = 0x42
    /// A client has connected.
    case connect = 0x43
    /// Macros for the step that follows.
    case macros = 0x44
    /// The message is whole.
    case endOfMessage = 0x45
    /// HELO or EHLO.
    case helo = 0x48
    /// Ends this session; another follows on the same connection.
    case quitForAnother = 0x4B
    /// A header field.
    case header = 0x4C
    /// MAIL FROM.
    case envelopeSender = 0x4D
    /// The header is whole.
    case endOfHeaders = 0x4E
    /// Negotiation.
    case negotiate = 0x4F
    /// Ends the connection.
    case quit = 0x51
    /// RCPT TO.
    case envelopeRecipient = 0x52
    /// DATA.
    case data = 0x54
    /// A command that the MTA does not know.
    case unknown = 0x55

    /// The flag with which a milter asks not to be sent this step (`SMFIP_NO*`); 0 for one that always comes.
    public var offFlag: UInt32 {
        switch self {
        case .connect: 0x1
        case .helo: 0x2
        case .envelopeSender: 0x4
        case .envelopeRecipient: 0x8
        case .body: 0x10
        case .header: 0x20
        case .endOfHeaders: 0x40
        case .unknown: 0x100
        case .data: 0x200
        case .abort, .macros, .endOfMessage, .quitForAnother, .negotiate, .quit: 0
        }
    }

    /// The flag with which a milter says that it will not reply to this step (`SMFIP_NR_*`); 0 if there is none.
    public var silentFlag: UInt32 {
        switch self {
        case .header: 0x80
        case .connect: 0x1000
        case .helo: 0x2000
        case .envelopeSender: 0x4000
        case .envelopeRecipient: 0x8000
        case .data: 0x10000
        case .unknown: 0x20000
        case .endOfHeaders: 0x40000
        case .body: 0x80000
        case .abort, .macros, .endOfMessage, .quitForAnother, .negotiate, .quit: 0
        }
    }

    /// Whether a milter replies to this command where nothing else was agreed.
    var isAnswered: Bool {
        switch self {
        case .abort, .macros, .quit, .quitForAnother: false
        case .body, .connect, .endOfMessage, .helo, .header, .envelopeSender, .endOfHeaders, .negotiate,
            .envelopeRecipient, .data, .unknown:
            true
        }
    }
}
