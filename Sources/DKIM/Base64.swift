// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Base64 in one line (RFC 4648 §4), by libcrypto.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        // EVP_EncodeBlock counts in Int32; keys and signatures take some hundred bytes.
        guard let length = Int32(exactly: bytes.count), length < .max / 2 else { return [] }
        // EVP_EncodeBlock ends its text with a NUL.
        let capacity = (bytes.count + 2) / 3 * 4 + 1
        return [UInt8](unsafeUninitializedCapacity: capacity) { text, count in
            count = Int(EVP_EncodeBlock(text.baseAddress, bytes, length))
        }
    }
}
