// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import StatusModel
import Testing

@Suite struct `A timestamp` {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_764_000_000_125, "2025-11-24T16:00:00.125Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"), (4_107_542_399_000, "2100-02-28T23:59:59Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ] as [(Int64, String)])
    func `is written and read as RFC 3339`(milliseconds: Int64, text: String) {
        #expect(Timestamp(Moment(milliseconds: milliseconds)).description == text)
        #expect(Timestamp(text)?.moment.milliseconds == milliseconds)
    }

    @Test func `comes back as it went, at any time`() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            let moment = Moment(
                milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_000, using: &random))
            #expect(Timestamp(Timestamp(moment).description)?.moment == moment)
        }
    }

    @Test(arguments: [
        "", "2026-11-24", "2026-11-24T09:30:00", "2026-11-24T09:30:00+01:00", "2026-13-24T09:30:00Z",
        "2026-00-24T09:30:00Z", "2026-11-32T09:30:00Z", "2026-11-24T24:30:00Z", "2026-11-24T09:60:00Z",
        "2026-11-24 09:30:00Z", "2026-11-24T09:30:00.12Z", "2026-11-24T09:30:00,125Z", "²026-11-24T09:30:0Z",
    ])
    func `is not read from anything else`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(arguments: [Int64.min, .max]) func `has a text also where the calendar ends`(milliseconds: Int64) {
        #expect(Timestamp(Timestamp(Moment(milliseconds: milliseconds)).description) != nil)
    }
}
