// SPDX-License-Identifier: Apache-2.0
import Exposition
import SeededRandom
import Testing

@Suite struct `A histogram` {
    @Test func `takes a bound into its bucket, and what is above it into the next`() {
        let histogram = Histogram()
        for duration: Int64 in [0, 50, 51, 1_000_000, 1_000_001, .max, -7] { histogram.observe(microseconds: duration) }
        let counts = histogram.reading.counts
        #expect(counts.count == Histogram.bounds.count + 1)
        #expect(counts.first == 3)
        #expect(counts.dropFirst().first == 1)
        #expect(counts.dropLast().last == 1)
        #expect(counts.last == 2)
    }

    @Test func `sums what it counts`() {
        let histogram = Histogram()
        for duration: Int64 in [100, 200, 4000] { histogram.observe(microseconds: duration) }
        #expect(histogram.reading.sum == 4300)
        #expect(histogram.reading.count == 3)
    }

    @Test func `loses none that several threads observe at once`() async {
        let histogram = Histogram()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for duration in 0..<10_000 as Range<Int64> { histogram.observe(microseconds: duration) }
                }
            }
        }
        #expect(histogram.reading.count == 40_000)
        #expect(histogram.reading.sum == 4 * 10_000 * 9_999 / 2)
    }

    @Test func `tells the bound under which a share of them lies`() {
        let histogram = Histogram()
        #expect(histogram.reading.quantile(0.5) == nil)
        for _ in 0..<98 { histogram.observe(microseconds: 80) }
        for _ in 0..<2 { histogram.observe(microseconds: 9000) }
        #expect(histogram.reading.quantile(0.5) == 100)
        #expect(histogram.reading.quantile(0.98) == 100)
        #expect(histogram.reading.quantile(0.99) == 10_000)
    }
}
