// SPDX-License-Identifier: Apache-2.0

/// A milter's decision on a step.
public enum MilterAnswer: Hashable, Sendable {
    /// Go on.
    case proceed
    /// Take the message, or all of the connection, without asking again.
    case accept
    /// Refuse for good.
    case reject
    /// Refuse for now.
    case temporaryFailure
    /// Take the message and throw it away.
    case discard
    /// No more of this step.
    case skip
    /// Refuse with these words, the codes and CR LF between lines included.
    case reply(String)
    /// Close the SMTP connection.
    case connectionFailure

    /// Reads a decision, or `nil` if the packet is none.
    init?(_ packet: MilterReplyPacket) {
        switch packet.code {
        case UInt8(ascii: "c"): self = .proceed
        case UInt8(ascii: "a"): self = .accept
        case UInt8(ascii: "r"): self = .reject
        case UInt8(ascii: "t"): self = .temporaryFailure
        case UInt8(ascii: "d"): self = .discard
        case UInt8(ascii: "s"): self = .skip
        case UInt8(ascii: "f"): self = .connectionFailure
        case UInt8(ascii: "y"): self = .reply(String(decoding: packet.payload.prefix { $0 != 0 }, as: UTF8.self))
        default: return nil
        }
    }
}
