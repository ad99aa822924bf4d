// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A rate` {
    @Test(arguments: [
        ("150/10m", "150/10m"), ("1000/1d", "1000/1d"), ("30/min", "30/1m"), (" 20 per hour ", "20/1h"),
        ("5/H", "5/1h"),
        ("60 / 90 seconds", "60/90s"), ("10/60m", "10/1h"), ("7/2 weeks", "7/14d"), ("20 per 2 days", "20/2d"),
        ("1/1s", "1/1s"), ("4294967295/31d", "4294967295/31d"), ("1 000/1d", "1000/1d"),
    ])
    func `is read as people write it`(text: String, written: String) throws {
        #expect(try Rate(parsing: text).description == written)
    }

    @Test(arguments: [
        ("150", "\"150\" is not a rate: write a number, a slash and a time, as in \"150/10m\""),
        ("", "\"\" is not a rate: write a number, a slash and a time, as in \"150/10m\""),
        ("per hour", "\"per hour\" is not a rate: write a number, a slash and a time, as in \"150/10m\""),
        ("-1/1h", "\"-1/1h\" is not a rate: write a number, a slash and a time, as in \"150/10m\""),
        ("many/1h", "\"many/1h\" is not a rate: write a number, a slash and a time, as in \"150/10m\""),
        ("0/1h", "a rate lets through at least 1 and at most 4294967295, not 0"),
        ("4294967296/1h", "a rate lets through at least 1 and at most 4294967295, not 4294967296"),
        ("5/10", "\"5/10\" names no unit of time: write s, m, h, d or w, as in \"150/10m\""),
        ("5/", "\"5/\" names no unit of time: write s, m, h, d or w, as in \"150/10m\""),
        ("5/2 fortnights", "\"fortnights\" is not a unit of time: write s, m, h, d or w, as in \"150/10m\""),
        ("5/1h/2", "\"h/2\" is not a unit of time: write s, m, h, d or w, as in \"150/10m\""),
        ("5/0m", "\"5/0m\": the time of a rate is from 1 second to 31 days"),
        ("5/32d", "\"5/32d\": the time of a rate is from 1 second to 31 days"),
        ("5/99999999999999999999d", "\"5/99999999999999999999d\": the time of a rate is from 1 second to 31 days"),
        ("5/9999999999999999w", "\"5/9999999999999999w\": the time of a rate is from 1 second to 31 days"),
    ])
    func `is refused in words where the text is none`(text: String, words: String) {
        #expect { try Rate(parsing: text) } throws: { "\($0)" == words }
    }

    @Test func `of numbers outside the ranges is brought to their ends`() {
        #expect(Rate(limit: 0, window: .zero) == Rate(limit: 1, window: .seconds(1)))
        #expect(Rate(limit: 5, window: .hours(99_999)).window == .hours(24 * 31))
    }
}
