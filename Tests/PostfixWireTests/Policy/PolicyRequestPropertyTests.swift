// SPDX-License-Identifier: Apache-2.0
import PostfixWire
import SeededRandom
import Testing

@Suite struct `Policy requests in pieces` {
    private let bytes = Array((PolicyRequests.firstRecipient + "broken\r\n\r\n" + PolicyRequests.data).utf8)

    @Test func `are what they are in one piece, wherever they are cut`() {
        let whole = PolicyRequests.decoded([bytes[...]])
        #expect(whole.requests.map(\.stage) == [.recipient, .other, .data])
        for cut in 0...bytes.count {
            let inTwo = PolicyRequests.decoded([bytes[..<cut], bytes[cut...]])
            #expect(inTwo.requests == whole.requests, "cut at \(cut)")
            #expect(inTwo.fault == nil)
        }
        #expect(PolicyRequests.decoded(bytes.indices.map { bytes[$0...$0] }).requests == whole.requests)
    }

    @Test func `changed at random never trap, and give the same in pieces`() {
        var random = SplitMix64(seed: 14)
        let turning = Array("\n\r=\0 ".utf8)
        for _ in 0..<1000 {
            var bytes = bytes
            for _ in 0...Int.random(in: 0..<6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let byte =
                    Bool.random(using: &random)
                    ? turning.randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = byte
                case 1: bytes.insert(byte, at: place)
                case 2: bytes.remove(at: place)
                default:
                    let room = Int.random(in: 0..<9000, using: &random)
                    bytes.insert(contentsOf: Array(repeating: byte, count: room), at: place)
                }
            }
            let whole = PolicyRequests.decoded([bytes[...]])
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let inTwo = PolicyRequests.decoded([bytes[..<cut], bytes[cut...]])
            #expect(inTwo.requests == whole.requests)
            #expect((inTwo.fault == nil) == (whole.fault == nil))
        }
    }
}
