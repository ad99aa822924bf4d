// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import PosternServer

private func alert(_ subject: String, _ kind: AlertKind = .senderHeld) -> Alert {
    Alert(kind, about: subject, at: Moment(seconds: 0))
}

@Suite struct `What alerts are told` {
    @Test func `is kept in its order until it is taken`() {
        let alerts = Alerts()
        for subject in ["a", "b"] { alerts.raise(alert(subject)) }
        #expect(alerts.take().alerts.map(\.alert.subject) == ["a", "b"])
        #expect(alerts.take().alerts.isEmpty)
    }

    @Test func `takes one place for a burst of the same`() {
        let alerts = Alerts()
        for _ in 0..<1000 { alerts.raise(alert("a")) }
        let said = alerts.take()
        #expect(said.alerts.map(\.times) == [1000])
        #expect(said.dropped == 0)
    }

    @Test func `keeps each change of a state`() {
        let alerts = Alerts()
        for kind in [AlertKind.listingOpened, .listingClosed, .listingOpened] { alerts.raise(alert("gmail", kind)) }
        #expect(alerts.take().alerts.count == 3)
    }

    @Test func `is counted where there is no room`() {
        let alerts = Alerts()
        for number in 0..<300 { alerts.raise(alert("\(number)")) }
        let said = alerts.take()
        #expect(said.alerts.count == Alerts.capacity)
        #expect(said.dropped == 300 - Alerts.capacity)
    }
}

@Suite struct `The daemon's own mail` {
    private func isKnown(_ mail: OwnMail, _ name: String, _ value: String) -> Bool {
        Array(name.utf8).withUnsafeBytes { name in
            Array(value.utf8).withUnsafeBytes { mail.isIdentified(byName: name, value: $0) }
        }
    }

    @Test func `is known by its whole Message-ID and nothing else`() {
        let mail = OwnMail()
        let id = mail.issue(host: "mail.example.com")
        #expect(isKnown(mail, "Message-ID", " <\(id)>"))
        #expect(isKnown(mail, "message-id", "<\(id)>"))
        #expect(!isKnown(mail, "References", "<\(id)>"))
        #expect(!isKnown(mail, "Message-ID", "<\(id.dropLast())>"))
        #expect(!isKnown(mail, "Message-ID", "<postern-alert.x@mail.example.com>"))
        #expect(!isKnown(mail, "", ""))
    }
}

@Suite struct `What alerts remember` {
    @Test func `outlives the process, and a damaged text is nothing`() {
        var memory = AlertMemory()
        #expect(memory.enqueue([.alert(alert("a"))]) == 0)
        #expect(AlertMemory(text: memory.text) == memory)
        #expect(AlertMemory(text: "{\"desk\":7}") == AlertMemory())
        #expect(AlertMemory(text: nil) == AlertMemory())
    }

    @Test func `is bounded: the oldest notices go`() {
        var memory = AlertMemory()
        let lost = memory.enqueue((0..<60).map { .alert(alert("\($0)")) })
        #expect(lost == 10)
        #expect(memory.outbox.first == .alert(alert("10")))
    }
}
