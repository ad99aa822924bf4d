// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import SeededRandom
import Testing

private func read(of text: String, most: Int = 1000) -> QueueListing {
    read(of: [Array(text.utf8)], most: most)
}

private func read(of pieces: [[UInt8]], most: Int = 1000) -> QueueListing {
    var listing = QueueListing(most: most)
    for piece in pieces { _ = listing.take(piece.span) }
    listing.finish()
    return listing
}

private func line(
    queue: String = "deferred", id: String = "E971DF887D3", recipients: String = #"[{"address": "q1@hotmail.com"}]"#
) -> String {
    #"{"queue_name": "\#(queue)", "queue_id": "\#(id)", "arrival_time": 1795489119, "message_size": 418, "#
        + #""forced_expire": false, "sender": "a@lab.example", "recipients": \#(recipients)}"# + "\n"
}

@Suite struct `The listing of the queue` {
    @Test func `tells of each message what postqueue tells`() throws {
        let text = line(
            recipients:
                #"[{"address": "q1@hotmail.com", "delay_reason": "hotmail paused by postern"}, {"address": "q2@hotmail.com"}]"#
        )
        let listing = read(of: text)
        let id = try #require(QueueID("E971DF887D3"))
        #expect(
            listing.entries == [
                QueueEntry(
                    queue: .deferred, id: id, arrival: Moment(seconds: 1_795_489_119), size: 418,
                    sender: "a@lab.example",
                    recipients: [
                        .init("q1@hotmail.com", delayReason: "hotmail paused by postern"), .init("q2@hotmail.com"),
                    ])
            ])
        #expect(listing.damagedLines == 0)
        #expect(!listing.isCut)
    }

    @Test func `knows the queues by name`() {
        let names = ["active", "deferred", "hold", "incoming", "maildrop", "corrupt"]
        let listing = read(of: names.map { line(queue: $0) }.joined())
        #expect(listing.entries.map(\.queue) == [.active, .deferred, .hold, .incoming, .maildrop, .other])
    }

    @Test(arguments: [
        (#"\"odd name\"@example.com"#, "\"odd name\"@example.com"), (#"a\\b@example.com"#, "a\\b@example.com"),
        ("jürgen@bücher.example", "jürgen@bücher.example"), (#"a\u0001\n\tb@example.com"#, "a\u{1}\n\tb@example.com"),
        (#"\u00fc\ud83d\ude00@x"#, "ü😀@x"), (#"\ud83d@x"#, "\u{FFFD}@x"), (#"\ude00\ud83d\u0041"#, "\u{FFFD}\u{FFFD}A"),
        (#"\uZZZZ"#, "\u{FFFD}ZZZZ"), (#"}],{\"@x"#, "}],{\"@x"), ("", ""),
    ])
    func `reads awkward addresses`(_ sample: (written: String, address: String)) {
        let listing = read(of: line(recipients: #"[{"address": "\#(sample.written)"}]"#))
        #expect(listing.entries.first?.recipients.map(\.address) == [sample.address])
    }

    @Test func `makes what is no UTF-8 visible, and loses no line for it`() {
        let bytes = Array(line(recipients: #"[{"address": "a?@x"}]"#).utf8).map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        #expect(read(of: [bytes]).entries.first?.recipients.first?.address == "a\u{FFFD}@x")
    }

    @Test func `keeps a thousand recipients of a message, and counts all`() {
        let recipients = (0..<1001).map { #"{"address": "r\#($0)@x.example", "delay_reason": "later"}"# }
        let entry = read(of: line(recipients: "[\(recipients.joined(separator: ","))]")).entries.first
        #expect(entry?.recipients.count == 1000)
        #expect(entry?.recipients.last?.address == "r999@x.example")
        #expect(entry?.recipientCount == 1001)
    }

    @Test func `passes over members of later versions, whatever they hold`() {
        let text = line().replacing(
            "\"sender\"",
            with: #""new": {"a": [1, -2.5e3, true, null, {"b": "]}\""}], "c": []}, "other": "x", "sender""#)
        #expect(read(of: text).entries.first?.sender == "a@lab.example")
    }

    @Test(arguments: [
        "{", "{}", "null", "[]", "postqueue: warning: something", #"{"queue_name": "hold"}"#,
        line(id: "../../etc/passwd"), line(id: ""), line(recipients: "{}"), line().replacing("418", with: "\"418\""),
        line().replacing("1795489119", with: "99999999999999999999"), line().replacing("}\n", with: ""),
        line().replacing("}\n", with: "} x\n"), line(recipients: String(repeating: "[", count: 100_000)),
        #"{"a": "# + String(repeating: "[", count: 100_000),
    ])
    func `counts a line that makes no sense, and goes on`(_ damaged: String) {
        let listing = read(of: line() + damaged.replacing("\n", with: "") + "\n" + line(queue: "hold"))
        #expect(listing.entries.map(\.queue) == [.deferred, .hold])
        #expect(listing.damagedLines == 1)
    }

    @Test func `is the same wherever its bytes are cut`() {
        let bytes = Array((line() + line(queue: "hold", recipients: #"[{"address": "ü\"x@y"}]"#) + "broken\n").utf8)
        let whole = read(of: [bytes])
        for cut in 0...bytes.count {
            #expect(read(of: [Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(read(of: bytes.map { [$0] }) == whole)
    }

    @Test func `ends after as many messages as are wanted`() {
        var listing = QueueListing(most: 2)
        let two = Array((line() + line()).utf8)
        let wantsMore = listing.take(two.span)
        #expect(wantsMore)
        #expect(!listing.isCut)
        let third = Array(line().utf8)
        let wantsYetMore = listing.take(third.span)
        #expect(!wantsYetMore)
        #expect(listing.isCut)
        #expect(listing.entries.count == 2)
    }

    @Test func `reads a last line that has no end`() {
        #expect(read(of: String(line().dropLast())).entries.count == 1)
    }

    @Test func `changed at random never traps`() {
        var random = SplitMix64(seed: 77)
        let original = Array(line(recipients: #"[{"address": "a\u00fcb", "delay_reason": "x\ny"}]"#).utf8)
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0...Int.random(in: 0..<5, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let turning = Array("\"\\{}[],:u\n".utf8).randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = turning
                case 1: bytes.insert(.random(in: 0...255, using: &random), at: place)
                default: bytes.remove(at: place)
                }
            }
            let listing = read(of: [bytes])
            #expect(listing.entries.count + listing.damagedLines <= 7)
        }
    }
}
