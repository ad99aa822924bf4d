// SPDX-License-Identifier: Apache-2.0

/// A modification that a milter asks for at the end of a message.
public enum MilterModification: Hashable, Sendable {
    /// A header field at the end.
    case addHeader(name: String, value: String)
    /// A header field at a place; 0 is the top.
    case insertHeader(index: UInt32, name: String, value: String)
    /// Another value for a header field, or none of it if the value is empty; the first is 1.
    case changeHeader(index: UInt32, name: String, value: String)
    /// Hold the message.
    case quarantine(reason: String)
    /// One more recipient.
    case addRecipient(String)
    /// One recipient less.
    case deleteRecipient(String)
    /// Another envelope sender.
    case changeSender(String)
    /// A piece of a new body.
    case replaceBody([UInt8])
    /// Nothing, but please wait.
    case progress

    /// Reads a modification, or `nil` if the packet is none.
    init?(_ packet: MilterReplyPacket) {
        switch packet.code {
        case UInt8(ascii: "h"):
            let strings = packet.strings()
            guard strings.count == 2 else { return nil }
            self = .addHeader(name: strings[0], value: strings[1])
        case UInt8(ascii: "i"), UInt8(ascii: "m"):
            let strings = packet.strings(from: 4)
            guard strings.count == 2, let index = packet.number() else { return nil }
            self =
                packet.code == UInt8(ascii: "i")
                ? .insertHeader(index: index, name: strings[0], value: strings[1])
                : .changeHeader(index: index, name: strings[0], value: strings[1])
        case UInt8(ascii: "q"): self = .quarantine(reason: packet.strings().first ?? "")
        case UInt8(ascii: "+"): self = .addRecipient(packet.strings().first ?? "")
        case UInt8(ascii: "-"): self = .deleteRecipient(packet.strings().first ?? "")
        case UInt8(ascii: "e"): self = .changeSender(packet.strings().first ?? "")
        case UInt8(ascii: "b"): self = .replaceBody(packet.payload)
        case UInt8(ascii: "p"): self = .progress
        default: return nil
        }
    }
}
