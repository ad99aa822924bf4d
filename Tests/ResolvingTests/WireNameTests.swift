// SPDX-License-Identifier: Apache-2.0
import SeededRandom
import Testing

@testable import Resolving

@Suite struct `A name off the wire` {
    private func read(_ bytes: [UInt8]) -> String? { WireName.read(bytes[...]) }

    @Test func `is read in lower case, the root as nothing`() {
        #expect(read([3] + Array("MX1".utf8) + [2] + Array("de".utf8) + [0]) == "mx1.de")
        #expect(read([0]) == "")
    }

    @Test func `is none where it is cut, compressed, goes on, or is too long`() {
        #expect(read([]) == nil)
        #expect(read([3, 0x61, 0x62]) == nil)
        #expect(read([1, 0x61]) == nil)
        #expect(read([0xC0, 12]) == nil)
        #expect(read([1, 0x61, 0, 0]) == nil)
        let label: [UInt8] = [63] + [UInt8](repeating: 0x61, count: 63)
        #expect(read(label + label + label + [61] + [UInt8](repeating: 0x61, count: 61) + [0])?.utf8.count == 253)
        #expect(read(label + label + label + label.dropLast() + [0]) == nil)
    }

    @Test func `is none where a label holds what no host name can`() {
        for byte: UInt8 in [0, 0x20, UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "@"), 0x7F, 0xC3] {
            #expect(read([3, 0x61, byte, 0x62, 0]) == nil)
        }
    }

    @Test func `is never read as another than it is, whatever the bytes`() {
        var random = SplitMix64(seed: 1035)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                [0, 1, 2, 3, 0x41, 0x62, 0x2E, 0xC0].randomElement(using: &random) ?? 0 as UInt8
            }
            guard let name = read(bytes) else { continue }
            #expect(TestNameServer.wire(name) == bytes.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 })
        }
    }
}
