// SPDX-License-Identifier: Apache-2.0
import LimitState
import PosternCore
import Testing

@testable import PosternServer

@Suite struct `A sender that a tripwire stopped` {
    private let stops = StoppedSenders()
    private let start = Moment(seconds: 1000)

    @Test func `is stopped until its time is up, not a millisecond longer`() {
        stops.stop("login:alice", because: "why", from: start, for: .hours(1))
        #expect(stops.reason(of: .login("alice"), at: start + .hours(1) - .milliseconds(1)) == "why")
        #expect(stops.reason(of: .login("alice"), at: start + .hours(1)) == nil)
        #expect(stops.reason(of: .login("bob"), at: start) == nil)
        #expect(stops.reason(of: nil, at: start) == nil)
    }

    @Test func `goes on when it is freed`() {
        stops.stop("login:alice", because: "why", from: start, for: .hours(1))
        #expect(stops.free("login:alice"))
        #expect(!stops.free("login:alice"))
        #expect(stops.reason(of: .login("alice"), at: start) == nil)
    }

    @Test func `is told to the store once, and again when its time is up`() {
        #expect(stops.takeChange(at: start) == nil)
        stops.stop("login:alice", because: "why", from: start, for: .hours(1))
        #expect(stops.takeChange(at: start)?.map(\.name) == ["login:alice"])
        #expect(stops.takeChange(at: start) == nil)
        #expect(stops.takeChange(at: start + .hours(1)) == [])
        #expect(stops.takeChange(at: start + .hours(2)) == nil)
    }
}
