// SPDX-License-Identifier: Apache-2.0
import PosternLab

extension Lab {
    /// A limiter's counters as they lie on disk, read by Python's own SQLite: the sum of the shortest window of each rule.
    private static let reader = """
        import sqlite3, sys, time
        def numbers(data):
            value = shift = 0
            for byte in data:
                value |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    yield value
                    value = shift = 0
        def kept(rule):
            try:
                db = sqlite3.connect("file:/var/lib/postern/limits.db?mode=ro", uri=True)
                rows = db.execute("SELECT counts FROM counter JOIN rule ON rule.id = rule WHERE name = ?", (rule,))
                total = 0
                for (counts,) in rows:
                    stream = numbers(counts[1:])
                    next(stream); next(stream)
                    total += sum(next(stream) for _ in range(next(stream)))
                return total
            except sqlite3.Error:
                return -1
        end = time.time() + 20
        while time.time() < end and kept(sys.argv[1]) != int(sys.argv[2]): time.sleep(0.1)
        print(kept(sys.argv[1]))
        """

    /// Waits until the disk has so much counted under a rule.
    /// - Returns: How much it has.
    func kept(_ count: Int, under rule: String) async throws -> String {
        try await run(["/usr/bin/python3", "-c", Self.reader, rule, "\(count)"], as: "postern", within: .seconds(40))
            .text.trimmed
    }

    /// How many messages and recipients lie in the hold queue.
    func heldMail() async throws -> (messages: Int, recipients: Int) {
        let held = try await postqueue().filter { $0.contains(#""queue_name": "hold""#) }
        return (held.count, held.reduce(0) { $0 + $1.components(separatedBy: #""address": "#).count - 1 })
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0.isWhitespace }.prefix { !$0.isWhitespace }) }

    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
