// SPDX-License-Identifier: Apache-2.0

/// A packet of a milter's side.
public struct MilterReplyPacket: Hashable, Sendable {
    /// What it is.
    ///
    /// Source: mfdef.h, `SMFIR_*`.
    public let code: UInt8
    /// Its data.
    public let payload: [UInt8]

    /// The strings in the data from an offset on, each up to its NUL.
    func strings(from offset: Int = 0) -> [String] {
        payload.dropFirst(offset).split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The number at an offset; `nil` if the data ends before it does.
    func number(at offset: Int = 0) -> UInt32? {
        guard payload.count >= offset + 4 else { return nil }
        return payload[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
