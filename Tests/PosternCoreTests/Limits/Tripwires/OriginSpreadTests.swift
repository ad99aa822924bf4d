// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `One login from many networks` {
    private let start = Moment(seconds: 1_800_000_000)

    private func address(_ network: UInt32, _ host: UInt32 = 1) -> ClientAddress { .v4(network << 8 | host) }

    @Test func `trips at the eighth within an hour, once`() {
        var wire = OriginSpread()
        for network in UInt32(1)...7 { #expect(wire.used(from: address(network), at: start) == nil) }
        #expect(wire.used(from: address(8), at: start + .minutes(60)) == .manyOrigins(networks: 8, within: .hours(1)))
        #expect(wire.used(from: address(9), at: start + .minutes(60)) == nil)
    }

    @Test func `is not tripped by hosts of one network, nor by a week of travelling`() {
        var wire = OriginSpread()
        for host in UInt32(0)..<256 { #expect(wire.used(from: address(1, host), at: start) == nil) }
        for low in UInt64(0)..<256 { #expect(wire.used(from: .v6(0x2001_0db8_0001_0000 | low, low), at: start) == nil) }
        for network in UInt32(2)..<100 {
            #expect(wire.used(from: address(network), at: start + .minutes(30 * Int(network))) == nil)
        }
    }

    @Test func `tells IPv6 networks by their first 48 bits, and apart from IPv4`() {
        var wire = OriginSpread(OriginSpread.Settings(networks: 3))
        #expect(wire.used(from: .v6(0, 0), at: start) == nil)
        #expect(wire.used(from: .v4(0), at: start) == nil)
        #expect(wire.used(from: .v6(1 << 16, 0), at: start) != nil)
    }

    @Test func `trips again after things were quiet`() {
        var wire = OriginSpread(OriginSpread.Settings(networks: 4))
        for network in UInt32(1)...4 { _ = wire.used(from: address(network), at: start) }
        #expect(wire.used(from: address(1), at: start + .hours(2)) == nil)
        let findings = (UInt32(10)...13).map { wire.used(from: address($0), at: start + .hours(2)) }
        #expect(findings.filter { $0 != nil }.count == 1)
    }

    @Test func `from more networks than are remembered still trips at most once`() {
        var wire = OriginSpread(OriginSpread.Settings(networks: 99))
        let findings = (UInt32(1)...1000).map { wire.used(from: address($0), at: start) }
        #expect(findings.compactMap { $0 } == [.manyOrigins(networks: 16, within: .hours(1))])
    }

    @Test func `survives moments without measure`() {
        var wire = OriginSpread(OriginSpread.Settings(window: .seconds(Int64.max), networks: -5))
        for (network, moment) in [(UInt32(1), Int64.max), (2, .min), (3, 0)] {
            _ = wire.used(from: address(network), at: Moment(milliseconds: moment))
        }
        #expect(wire.used(from: address(4), at: start) == nil)
    }
}
