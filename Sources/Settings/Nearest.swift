// SPDX-License-Identifier: Apache-2.0

/// The word among `words` that was most likely meant by `word`.
/// - Returns: `nil` if none is near: more than a third of the letters (at least two) would have to change.
public func nearest(to word: String, among words: some Sequence<String>) -> String? {
    let limit = max(2, word.count / 3)
    let ranked = words.map { (word: $0, distance: editDistance(word.lowercased(), $0.lowercased())) }
    guard let best = ranked.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }), best.distance <= limit else {
        return nil
    }
    return best.word
}

/// How many letters must be changed, added, removed or swapped with their neighbour (optimal string alignment).
private func editDistance(_ left: String, _ right: String) -> Int {
    // A key is short; what a hostile file puts in its place is not.
    let left = Array(left.prefix(64))
    let right = Array(right.prefix(64))
    var older = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let change = previous[column] + (left[row] == right[column] ? 0 : 1)
            var best = min(change, previous[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                best = min(best, older[column - 1] + 1)
            }
            current.append(best)
        }
        older = previous
        previous = current
    }
    return previous[right.count]
}
