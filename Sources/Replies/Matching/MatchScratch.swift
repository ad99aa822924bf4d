// SPDX-License-Identifier: Apache-2.0
internal import CPCRE2

/// The memory that reading one reply needs, kept from reply to reply: one thread at a time uses it.
final class MatchScratch {
    /// The longest text that is read, in bytes; the rest is cut off.
    ///
    /// Postfix logs at most 2,048 bytes of a reply.
    static let capacity = 8192
    /// How often a pattern may try again before it gives up on a text.
    ///
    /// Our own patterns stay far below (the checks see to it);
    /// a catastrophic one is stopped within milliseconds.
    static let matchLimit: UInt32 = 20_000
    /// How deeply a pattern may nest before it gives up.
    static let depthLimit: UInt32 = 1000

    /// The text, squeezed; `count` bytes of it are valid.
    let text = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    /// The valid bytes of `text`.
    var count = 0
    /// Where PCRE2 puts the groups of a match.
    let matchData: OpaquePointer
    /// The limits.
    let matchContext: OpaquePointer
    /// A bit for each rule: in the first half of the words those that a phrase in the text claims, in the second those that one
    /// forbids.
    let marks: UnsafeMutableBufferPointer<UInt64>

    /// What was read lately with this scratch.
    var recent = RecentReadings()

    /// Scratch for a number of rules, in words of 64.
    /// - Returns: `nil` if there is no memory.
    init?(words: Int) {
        guard let data = pcre2_match_data_create_8(64, nil) else { return nil }
        guard let context = pcre2_match_context_create_8(nil) else {
            pcre2_match_data_free_8(data)
            return nil
        }
        pcre2_set_match_limit_8(context, Self.matchLimit)
        pcre2_set_depth_limit_8(context, Self.depthLimit)
        matchData = data
        matchContext = context
        marks = .allocate(capacity: 2 * words)
        marks.initialize(repeating: 0)
    }

    deinit {
        text.deallocate()
        marks.deallocate()
        pcre2_match_context_free_8(matchContext)
        pcre2_match_data_free_8(matchData)
    }

    /// The bytes of a group of the last match; `nil` if it took no part.
    func group(_ number: Int) -> UnsafeBufferPointer<UInt8>? {
        guard number < Int(pcre2_get_ovector_count_8(matchData)), let vector = pcre2_get_ovector_pointer_8(matchData)
        else {
            return nil
        }
        let start = vector[2 * number]
        let end = vector[2 * number + 1]
        guard start <= end, end <= count else { return nil }  // PCRE2_UNSET is the largest size_t.
        return UnsafeBufferPointer(start: text + start, count: end - start)
    }
}
