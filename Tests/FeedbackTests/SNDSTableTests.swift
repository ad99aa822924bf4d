// SPDX-License-Identifier: Apache-2.0
import Feedback
import PosternCore
import SeededRandom
import StatusModel
import Testing

@Suite struct `A table of SNDS` {
    private let row =
        "192.0.2.1,12/31/2019 8:00 AM,9/29/2020 9:00 PM,14129,14128,13025,GREEN,< 0.1%,9/29/2020 8:07 AM,"
        + "9/29/2020 12:03 PM,41,,,"

    private func read(_ text: String) -> SNDSTable { SNDSTable(Array(text.utf8)) }

    @Test func `tells address, day, commands, colour, complaints and traps`() throws {
        let table = read(row + "\r\n" + row.replacing("192.0.2.1", with: "192.0.2.2") + "\n\n")
        #expect(table.rows.count == 2)
        #expect(table.faults == [])
        let first = try #require(table.rows.first)
        #expect(first.address == ClientAddress(parsing: "192.0.2.1"))
        #expect(Timestamp(first.day).description == "2019-12-31T00:00:00Z")
        #expect([first.recipients, first.messages, first.complaintRate, first.traps] == [14129, 14128, 1, 41])
        #expect(first.colour == "green")
    }

    @Test func `has its rates rounded up to thousandths`() {
        for (text, rate) in [("< 0.1%", 1), ("0.3%", 3), ("0.31%", 4), ("12.5%", 125), ("100%", 1000), ("", 0)] {
            #expect(read(row.replacing("< 0.1%", with: text)).rows.map(\.complaintRate) == [rate], "\(text)")
        }
    }

    @Test func `says which lines are no data, a header aside`() {
        let table = read("IP Address,Activity\n\(row)\n<html>\n\(row.replacing("GREEN", with: "BLUE"))\n1,2,3\n")
        #expect(table.rows.count == 1)
        #expect(table.faults == [3, 4, 5])
        for bad in ["13/41/2019", "99999999999999999999", "101%", "0.x%", "-1"] {
            for good in ["12/31/2019", "14129", "< 0.1%", "41"] {
                let text = row.replacing(good, with: bad)
                #expect(read(text).rows.count + read(text).faults.count == 1)
            }
        }
    }

    @Test func `keeps a quoted comma in its field`() {
        #expect(read(row.replacing(",,,", with: ",\"mail.example.com, Inc\",,")).rows.count == 1)
    }

    @Test func `ends whatever it is given`() {
        var random = SplitMix64(seed: 20_261_124)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                Array("12/,:%<\"GREN \n\r\0\u{FF}".utf8).randomElement(using: &random) ?? 0
            }
            let table = SNDSTable(bytes)
            #expect(table.faults.count <= 20)
        }
    }
}
