// SPDX-License-Identifier: Apache-2.0

/// What a policy service answers: an action of access(5).
public enum PolicyReply: Hashable, Sendable {
    /// Nothing to say: the next restriction decides.
    case dunno
    /// The message goes into the hold queue; Postfix logs the text and does not tell the client.
    case hold(String)
    /// Refused for now, with 450 4.7.1; Postfix puts the address before the text.
    case refuseForNow(String)
    /// Refused for good, with 550 5.7.1.
    case refuse(String)

    /// The bytes of the answer, its end included.
    ///
    /// Control characters of a text become spaces: a line end would end the answer.
    public var bytes: [UInt8] {
        switch self {
        case .dunno: Self.bytes("DUNNO", nil)
        case .hold(let text): Self.bytes("HOLD", text)
        case .refuseForNow(let text): Self.bytes("450 4.7.1", text)
        case .refuse(let text): Self.bytes("550 5.7.1", text)
        }
    }

    private static func bytes(_ action: String, _ text: String?) -> [UInt8] {
        var bytes = Array("action=\(action)".utf8)
        if let text {
            bytes.append(UInt8(ascii: " "))
            bytes += text.utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
        }
        bytes += "\n\n".utf8
        return bytes
    }
}
