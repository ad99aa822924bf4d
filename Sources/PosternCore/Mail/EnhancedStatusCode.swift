// SPDX-License-Identifier: Apache-2.0

/// An enhanced mail system status code such as `5.7.606` (RFC 3463 §2).
public struct EnhancedStatusCode: Hashable, Sendable {
    /// 2 for success, 4 for a persistent transient failure, 5 for a permanent failure.
    public var severity: UInt8
    /// What the status is about, 0…999: 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.
    public var subject: UInt16
    /// The condition within the subject, 0…999.
    public var detail: UInt16

    /// A status code of three known parts.
    public init(_ severity: UInt8, _ subject: UInt16, _ detail: UInt16) {
        self.severity = severity
        self.subject = subject
        self.detail = detail
    }

    /// Reads a status code that fills `text` wholly.
    /// - Returns: `nil` if the text is none; many replies carry none, so that is no error.
    public init?(_ text: some StringProtocol) {
        self.init(prefixOf: text.utf8)
        guard text.utf8.count == description.utf8.count else { return nil }
    }

    /// Reads the status code at the start of `bytes`; what follows it must not be a digit, a dot or a letter.
    public init?(prefixOf bytes: some Sequence<UInt8>) {
        var parts: (UInt16, UInt16, UInt16) = (0, 0, 0)
        var part = 0
        var digits = 0
        scan: for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                guard digits <= (part == 0 ? 1 : 3) else { return nil }
                let digit = UInt16(byte - UInt8(ascii: "0"))
                switch part {
                case 0: parts.0 = digit
                case 1: parts.1 = parts.1 * 10 + digit
                default: parts.2 = parts.2 * 10 + digit
                }
            case UInt8(ascii: "."):
                guard digits > 0, part < 2 else { return nil }
                part += 1
                digits = 0
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                return nil
            default:
                break scan
            }
        }
        guard part == 2, digits > 0, parts.0 == 2 || parts.0 == 4 || parts.0 == 5 else { return nil }
        self.init(UInt8(parts.0), parts.1, parts.2)
    }
}

extension EnhancedStatusCode: CustomStringConvertible {
    /// The code as it is written on the wire.
    public var description: String { "\(severity).\(subject).\(detail)" }
}
