// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import PosternCore
import Testing

@Suite struct `A listing that was stored badly` {
    private static let ends = [
        Moment(milliseconds: .min), Moment(milliseconds: -1), .at(0), Moment(milliseconds: .max),
    ]

    private func states(_ moment: Moment) throws -> [ListingState] {
        let clean = CleanRun(since: moment, accepts: .max)
        let probe = Probe(queueID: try .test(1), recipient: "", domain: "")
        return [
            .clear, .slowed(since: moment, clean: clean), .listed(since: moment, probeAt: moment, latest: moment),
            .reopening(since: moment, rate: .max, clean: clean), .reopening(since: moment, rate: .min, clean: clean),
            .probing(since: moment, stage: .choosing(until: moment), tried: [probe.queueID]),
            .probing(since: moment, stage: .letThrough(probe, since: moment, until: moment), tried: []),
        ]
    }

    @Test(arguments: ends, ends)
    func `stops nothing, and finds its way`(moment: Moment, clock: Moment) throws {
        for (number, state) in try states(moment).enumerated() {
            var memory = ListingMemory()
            memory.state = state
            memory.clock = clock
            memory.step = number % 2 == 0 ? .max : .min
            memory.waits = .max
            memory.lastRefusal = moment
            memory.clearedAt = moment
            memory.leasedAt = moment
            memory.accepts = [Witness(domain: "", moment: moment)]
            memory.precursors = memory.accepts
            memory.cause = ListingCause(severity: .blocked, plan: "gone")
            let key = ListingKey(.microsoft)
            var listings = Listings(
                settings: ListingSettings(),
                restoring: ListingsSnapshot(entries: [.init(key: key, memory: memory)]))
            var world = ListingWorld(seed: UInt64(number))
            for _ in 0..<100 { _ = listings.happens(try world.next()) }
            if let wake = listings.nextWakeUp { #expect(wake < world.now + .hours(24 * 2)) }
        }
    }

    @Test(arguments: [Moment.at(60 * 24 * 365), Moment(milliseconds: .max)])
    func `does not wait for a moment that never comes`(never: Moment) {
        var memory = ListingMemory()
        memory.clock = .at(0)
        for state in [
            ListingState.listed(since: .at(0), probeAt: never, latest: never),
            .slowed(since: .at(0), clean: CleanRun(since: never)),
            .probing(since: .at(0), stage: .armed(until: never), tried: []),
        ] {
            memory.state = state
            var machine = ListingMachine(ListingKey(.microsoft), memory: memory, settings: ListingSettings())
            #expect(machine.clockReached(.at(1)).transitions.count == 1)
        }
    }

    @Test func `is refused where a queue ID is none`() {
        let text = #"{"queueID":"not one","recipient":"a@b.example","domain":"b.example"}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Probe.self, from: Data(text.utf8)) }
    }
}
