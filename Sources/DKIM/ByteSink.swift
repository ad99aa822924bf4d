// SPDX-License-Identifier: Apache-2.0

/// What takes canonical bytes: a digest on the message path, an array where the text itself is wanted.
protocol ByteSink: ~Copyable {
    /// Takes the next bytes; they are valid during the call only.
    mutating func write(_ bytes: UnsafeRawBufferPointer)
}
