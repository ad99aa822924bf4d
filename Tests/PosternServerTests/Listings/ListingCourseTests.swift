// SPDX-License-Identifier: Apache-2.0
import Delisting
import Ledger
import PosternCore
import Testing

@testable import PosternServer

@Suite struct `The course of a provider's listings` {
    private func event(
        _ kind: LedgerEvent.Kind, at second: Int64, of provider: String = "gmail", family: AddressFamily = .v4,
        to state: String? = nil, why: String? = nil, applied: Bool? = nil
    ) -> LedgerEvent {
        var detail = ListingEventDetail(provider: Provider(provider), family: kind == .manual ? nil : family)
        detail.to = state
        detail.why = why
        detail.applied = applied
        return LedgerEvent(time: Moment(seconds: second), kind: kind, detail: detail.json)
    }

    private func course(_ events: [LedgerEvent]) -> ListingCourse {
        ListingCourse(of: Provider("gmail"), in: events.reversed())
    }

    @Test func `tells when the open listing opened, and when mail began to wait rather than to be slowed`() {
        let course = course([
            event(.listingOpened, at: 10, to: "slowed"), event(.listingChanged, at: 20, to: "listed"),
            event(.listingChanged, at: 30, to: "probing"), event(.listingChanged, at: 40, to: "listed"),
        ])
        #expect(course.opening?.at == Moment(seconds: 10))
        #expect(course.opening?.listedAt == Moment(seconds: 20))
        #expect(course.earlier == [])
    }

    @Test func `tells of listings that are over, and has none open then`() {
        let course = course([
            event(.listingOpened, at: 10, to: "listed"), event(.listingClosed, at: 50, to: "clear"),
            event(.listingClosed, at: 60, to: "clear"),
        ])
        #expect(course.opening == nil)
        #expect(course.earlier == [.init(from: Moment(seconds: 10), until: Moment(seconds: 50))])
    }

    @Test func `keeps our two families of addresses apart, and other providers out`() {
        let course = course([
            event(.listingOpened, at: 5, of: "yahoo", to: "listed"),
            event(.listingOpened, at: 10, family: .v6, to: "listed"), event(.listingOpened, at: 20, to: "listed"),
            event(.listingClosed, at: 30, family: .v6, to: "clear"),
        ])
        #expect(course.opening?.at == Moment(seconds: 20))
        #expect(course.earlier.map(\.from) == [Moment(seconds: 10)])
    }

    @Test func `knows of a request for the open listing only, and only if it was taken`() {
        let asked = event(.manual, at: 20, why: "delisting-requested", applied: true)
        let opened = event(.listingOpened, at: 10, to: "listed")
        #expect(course([opened, asked]).requestedAt == Moment(seconds: 20))
        #expect(course([opened, asked, event(.listingClosed, at: 30, to: "clear")]).requestedAt == nil)
        #expect(
            course([opened, event(.manual, at: 20, why: "delisting-requested", applied: false)]).requestedAt == nil)
        #expect(course([opened, event(.manual, at: 20, why: "probe", applied: true)]).requestedAt == nil)
    }
}
