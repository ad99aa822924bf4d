// SPDX-License-Identifier: Apache-2.0

/// Reads domain names as they stand in records (RFC 1035 §3.1); whoever runs the domain chose every byte.
enum WireName {
    /// The name that fills the bytes to their end, in lower case, without a final dot: the root is empty.
    /// - Returns: `nil` if it is cut, goes on after its end, is longer than 255 bytes, or is compressed, which no record is
    ///   that the library hands out; and for a label that no host name can have, as one with a dot inside would read as
    ///   another name.
    static func read(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count <= 255 else { return nil }
        var rest = bytes
        var name: [UInt8] = []
        while let length = rest.popFirst() {
            if length == 0 { return rest.isEmpty ? String(decoding: name, as: UTF8.self) : nil }
            guard length <= 63, rest.count > Int(length) else { return nil }
            if !name.isEmpty { name.append(UInt8(ascii: ".")) }
            for byte in rest.prefix(Int(length)) {
                let folded = 0x41...0x5A ~= byte ? byte | 0x20 : byte
                guard QueryName.isAllowed(folded) else { return nil }
                name.append(folded)
            }
            rest = rest.dropFirst(Int(length))
        }
        return nil
    }
}
