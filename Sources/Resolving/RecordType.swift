// SPDX-License-Identifier: Apache-2.0

/// A kind of record, by its number (RFC 1035 §3.2.2, RFC 3596 §2.1).
enum RecordType: Int32, Hashable, Sendable {
    case a = 1
    case ns = 2
    case ptr = 12
    case mx = 15
    case txt = 16
    case aaaa = 28
}
