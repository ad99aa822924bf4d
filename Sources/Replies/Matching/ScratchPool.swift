// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Scratch memory that waits to be used: as many pieces as there ever were readers at once.
final class ScratchPool: Sendable {
    private let idle = Mutex<[Piece]>([])
    private let words: Int

    // A piece is in the pool or in one reader's hands, never both.
    private struct Piece: @unchecked Sendable {
        let scratch: MatchScratch
    }

    /// A pool of scratch for a number of rules, in words of 64.
    init(words: Int) {
        self.words = words
    }

    /// Lends a piece of scratch to `body`.
    /// - Returns: `nil` if there is no memory.
    func withScratch<Result>(_ body: (MatchScratch) -> Result) -> Result? {
        let piece = idle.withLock { $0.popLast() } ?? MatchScratch(words: words).map(Piece.init)
        guard let piece else { return nil }
        defer { idle.withLock { $0.append(piece) } }
        return body(piece.scratch)
    }
}
