// SPDX-License-Identifier: Apache-2.0

/// Finds in one pass all phrases of all rules that a text holds (Aho and Corasick, 1975), letter case of ASCII aside.
struct PhraseScanner: Sendable {
    /// Words of 64 rules.
    let words: Int
    /// The column of a byte in `next`: one for each byte that some phrase holds, 0 for all others.
    private var column = [UInt8](repeating: 0, count: 256)
    private var columns = 1
    /// The state after a state and a column, row by row.
    private var next: [UInt16] = []
    /// For each state the row of `masks` that is to be set, 0 for none.
    private var output: [UInt16] = []
    /// Rows of `words` for the rules claimed, then `words` for the rules vetoed; row 0 is empty.
    private var masks: [UInt64]

    /// The phrases need more states than the table can number.
    struct TooManyPhrases: Error {}

    /// A scanner for rules that each have phrases of which one must occur, and phrases that must not.
    init(rules: [(phrases: [String], unless: [String])]) throws(TooManyPhrases) {
        words = (rules.count + 63) / 64
        masks = Array(repeating: 0, count: 2 * words)
        number(bytesOf: rules.flatMap { $0.phrases + $0.unless })
        var trie = Trie(columns: columns)
        for (index, rule) in rules.enumerated() {
            for phrase in rule.phrases { try add(phrase, bit: index, to: &trie) }
            for phrase in rule.unless { try add(phrase, bit: 64 * words + index, to: &trie) }
        }
        let order = link(&trie)
        number(statesOf: trie, in: order)
    }

    /// Marks the rules that phrases in the scratch's text claim or veto.
    func scan(_ scratch: MatchScratch) {
        let marks = scratch.marks
        marks.update(repeating: 0)
        let text = UnsafeBufferPointer(start: scratch.text, count: scratch.count)
        column.withUnsafeBufferPointer { column in
            next.withUnsafeBufferPointer { next in
                output.withUnsafeBufferPointer { output in
                    masks.withUnsafeBufferPointer { masks in
                        var state = 0
                        for byte in text {
                            state = Int(next[state &* columns &+ Int(column[Int(byte)])])
                            let row = Int(output[state])
                            guard row != 0 else { continue }
                            for word in marks.indices { marks[word] |= masks[row &* marks.count &+ word] }
                        }
                    }
                }
            }
        }
    }

    /// Gives every byte that occurs in a phrase a column, an upper-case letter that of its lower-case form.
    private mutating func number(bytesOf phrases: [String]) {
        for byte in Set(phrases.flatMap { $0.utf8.map(Self.folded) }).sorted() {
            column[Int(byte)] = UInt8(truncatingIfNeeded: columns)
            if byte >= 0x61 && byte <= 0x7A { column[Int(byte) - 0x20] = column[Int(byte)] }
            columns += 1
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }

    private mutating func add(_ phrase: String, bit: Int, to trie: inout Trie) throws(TooManyPhrases) {
        var state = 0
        for byte in phrase.utf8 {
            let edge = state * columns + Int(column[Int(byte)])
            if trie.next[edge] == 0 {
                guard trie.output.count < Int(UInt16.max) else { throw TooManyPhrases() }
                trie.next[edge] = trie.output.count
                trie.grow()
            }
            state = trie.next[edge]
        }
        if trie.output[state] == 0 {
            trie.output[state] = UInt16(truncatingIfNeeded: masks.count / (2 * words))
            masks += Array(repeating: 0, count: 2 * words)
        }
        masks[Int(trie.output[state]) * 2 * words + bit / 64] |= 1 << UInt64(bit % 64)
    }

    /// Turns the trie into an automaton: where no edge leads on, the longest suffix that is a prefix of a phrase does.
    /// - Returns: The states, those of the shortest prefixes first.
    private mutating func link(_ trie: inout Trie) -> [Int] {
        var fallback = [Int](repeating: 0, count: trie.output.count)
        var queue = (1..<columns).map { trie.next[$0] }.filter { $0 != 0 }
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            inherit(trie.output[fallback[state]], by: state, in: &trie)
            for column in 0..<columns {
                let edge = state * columns + column
                let through = trie.next[fallback[state] * columns + column]
                if trie.next[edge] == 0 {
                    trie.next[edge] = through
                } else {
                    fallback[trie.next[edge]] = through
                    queue.append(trie.next[edge])
                }
            }
        }
        return [0] + queue
    }

    /// Takes over the automaton with its states in `order`, so that those where most bytes of a text lead, near the root, lie
    /// side by side in the processor's cache.
    private mutating func number(statesOf trie: Trie, in order: [Int]) {
        var place = [Int](repeating: 0, count: order.count)
        for (index, state) in order.enumerated() { place[state] = index }
        next = order.flatMap { state in
            (0..<columns).map { UInt16(truncatingIfNeeded: place[trie.next[state * columns + $0]]) }
        }
        output = order.map { trie.output[$0] }
    }

    /// A phrase that ends here may end in another phrase: that one is found too.
    private mutating func inherit(_ row: UInt16, by state: Int, in trie: inout Trie) {
        guard row != 0 else { return }
        guard trie.output[state] != 0 else {
            trie.output[state] = row
            return
        }
        for word in 0..<2 * words {
            masks[Int(trie.output[state]) * 2 * words + word] |= masks[Int(row) * 2 * words + word]
        }
    }

    private struct Trie {
        let columns: Int
        var next: [Int]
        var output: [UInt16] = [0]

        init(columns: Int) {
            self.columns = columns
            next = Array(repeating: 0, count: columns)
        }

        mutating func grow() {
            next += Array(repeating: 0, count: columns)
            output.append(0)
        }
    }
}
