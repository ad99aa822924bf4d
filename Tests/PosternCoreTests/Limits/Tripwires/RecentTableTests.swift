// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A table of senders that were active of late` {
    private func key(_ number: UInt64) -> SenderKey { SenderKey(low: number, high: 0) }

    @Test func `never holds more than its capacity`() {
        var table = RecentTable<Int>(capacity: 100)
        for number in UInt64(0)..<10_000 { table.update(key(number), initial: 0) { $0 += 1 } }
        #expect(table.count <= 100)
    }

    @Test func `keeps whoever is used and forgets who is not`() {
        var table = RecentTable<Int>(capacity: 100)
        table.update(key(1), initial: 0) { $0 += 1 }
        for number in UInt64(1000)..<2000 {
            table.update(key(number), initial: 0) { $0 += 1 }
            if number % 20 == 0 { table.update(key(0), initial: 0) { $0 += 1 } }
        }
        #expect(table.value(of: key(0)) == 50)
        #expect(table.value(of: key(1)) == nil)
    }
}
