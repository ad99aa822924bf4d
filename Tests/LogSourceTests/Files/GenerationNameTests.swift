// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LogSource

@Suite struct `The name of a rotated log` {
    @Test(arguments: [
        (".1", GenerationName.Mark.number(1), false), (".12.gz", .number(12), true), (".0", .number(0), false),
        ("-20261124", .date("20261124"), false), ("-20261124.gz", .date("20261124"), true),
        ("-2026-11-24", .date("2026-11-24"), false), ("-20261124-1764000000", .date("20261124-1764000000"), false),
        (".20261124-031557.gz", .date("20261124-031557"), true),
    ])
    func `tells its age and whether it is packed`(suffix: String, mark: GenerationName.Mark, isPacked: Bool) {
        let name = GenerationName(suffix: suffix[...])
        #expect(name?.mark == mark)
        #expect(name?.isPacked == isPacked)
    }

    @Test(arguments: [
        "", ".", ".gz", ".bak", ".1.xz", "-1", "2", ".1.2", ".old.gz", "-20261124.tmp", "-error.log", ".１",
    ])
    func `is not any other name`(suffix: String) {
        #expect(GenerationName(suffix: suffix[...]) == nil)
    }
}
