// SPDX-License-Identifier: Apache-2.0
import SeededRandom
import Testing

@testable import LogSource

@Suite struct `The trail of a log` {
    /// Writing, every kind of rotation, packing, reading and being killed, in any order.
    @Test(arguments: 1...60) func `holds every line once whatever happens in whatever order`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let log = try MailLog()
        let collector = Collector()
        var trail = FileTrail(path: log.path, from: nil, startAt: .beginning, to: collector)
        log.writeLines(1)
        trail.readOn()
        for _ in 0..<80 {
            switch Int.random(in: 0..<12, using: &random) {
            case 0...3:
                log.writeLines(Int.random(in: 0...30, using: &random), andPart: Bool.random(using: &random))
            case 4:
                log.renameAway(creating: true)
                log.writeLines(Int.random(in: 0...2, using: &random))
                log.close()
            case 5:
                log.renameAway(creating: false)
                log.close()
            case 6:
                log.completeLine()
                log.copyAndTruncate()
            case 7:
                let plain = log.folder.names.filter { $0 != log.name && !$0.hasSuffix(".gz") }.sorted()
                if let packed = plain.randomElement(using: &random) {
                    log.close()
                    try log.pack(String(packed.dropFirst(log.name.count)))
                }
            case 8:
                // Killed within a batch: at most two chunks are read, and the lines of the second forgotten.
                var looks = 0
                trail.readOn {
                    looks += 1; return looks > 2
                }
                collector.forgetUnconfirmed()
                trail = FileTrail(path: log.path, from: collector.filePosition, startAt: .end, to: collector)
            default:
                trail.readOn()
            }
        }
        log.close()
        log.writeLines(1)
        trail.readOn()
        #expect(firstDifference(collector.lines, log.written) == nil)
        #expect(!collector.events.contains { $0.isGap })
    }
}
