// SPDX-License-Identifier: Apache-2.0

/// Why a record cannot be read (RFC 7208 §4.6).
struct SPFSyntaxError: Error, Hashable {
    /// In words, with the term; it quotes the record.
    var complaint: String
}
