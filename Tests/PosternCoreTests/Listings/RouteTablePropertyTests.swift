// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `Whatever is asked of it, the route table` {
    private static let keys = [ListingKey(.microsoft), ListingKey(.microsoft, .v6), ListingKey(.yahoo)]

    @Test(arguments: UInt64(1)...30)
    func `makes the store what it should be, by no more than differs, and never touches the site's own`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let own: Set = ["d0.example", "d1.example"]
        var table = RouteTable(protected: ProtectedDomains(own))
        var store: [String: RouteRow] = [:]
        var minutes = 0.0
        var written = 0
        for _ in 0..<400 {
            minutes += Double.random(in: 0...5, using: &random)
            let key = Self.keys[Int.random(in: 0..<3, using: &random)]
            let domain = "d\(Int.random(in: 0..<12, using: &random)).example"
            let until = Moment.at(minutes + Double.random(in: 0...30, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1: table.domains.learn(domain, of: key.provider, by: .log, at: .at(minutes))
            case 2: table.pause(key, text: "4.7.0 \(key)", until: until)
            case 3: table.renew(key, until: until)
            case 4: table.endPause(key)
            case 5: _ = table.letThrough("A@\(domain)", by: .usual, until: until)
            case 6: table.withdraw("a@\(domain)")
            default: table.clockReached(.at(minutes))
            }
            let batch = table.difference(at: .at(minutes))
            // Now and then the write fails.
            guard random.next() % 4 != 0 else { continue }
            for row in batch.upserts {
                #expect(store[row.key] != row)
                #expect(!own.contains { row.key.hasSuffix($0) })
                #expect(row.expires > .at(minutes))
                store[row.key] = row
            }
            for key in batch.deletes { #expect(store.removeValue(forKey: key) != nil) }
            table.published(batch)
            written += batch.upserts.count
            #expect(table.difference(at: .at(minutes)).isEmpty)
            let paused = Self.keys.filter { table.isPaused($0.provider, at: .at(minutes)) }.map(\.provider)
            for (domain, row) in store where !domain.contains("@") {
                #expect(table.domains.provider(of: domain).map(paused.contains) == true, "\(row)")
            }
            for provider in paused {
                #expect(table.domains.domains(of: provider).allSatisfy { own.contains($0) || store[$0] != nil })
            }
        }
        #expect(written > 50)
    }
}
