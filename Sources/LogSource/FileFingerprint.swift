// SPDX-License-Identifier: Apache-2.0

/// What a log file begins with: tells a rotated file from its successor when names and inode numbers do not.
///
/// Log lines begin with their time, so two generations of a log differ within their first line. The fingerprint grows with
/// a young file, up to `maximumLength`.
public struct FileFingerprint: Hashable, Sendable, Codable {
    /// The most bytes that count.
    public static let maximumLength = 512

    /// How many bytes count; 0 for a file that was empty, which is like every other.
    public var length: Int
    /// The bytes, hashed by FNV-1a in 64 bits: against chance, not against malice, for who can write the log can forge it.
    public var hash: UInt64

    /// A fingerprint that was stored.
    public init(length: Int, hash: UInt64) {
        self.length = length
        self.hash = hash
    }

    /// The fingerprint of a file that begins with these bytes.
    init(of start: some Sequence<UInt8>) {
        var length = 0
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in start.prefix(Self.maximumLength) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            length += 1
        }
        self.init(length: length, hash: hash)
    }

    /// The fingerprint of nothing.
    static let empty = FileFingerprint(of: [])

    /// Whether a file that begins with `start` can be the one that this was taken of.
    func matches(_ start: [UInt8]) -> Bool {
        length >= 0 && start.count >= length && FileFingerprint(of: start.prefix(length)) == self
    }
}
