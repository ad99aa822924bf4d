// SPDX-License-Identifier: Apache-2.0
import Logging
import PosternCore
import PostfixWire
import Testing

@testable import PosternServer

@Suite struct `A tripwire` {
    let directory: ScratchDirectory

    init() throws { directory = try ScratchDirectory() }

    private func mail(_ more: String = "", mode: String = "enforce") throws -> MailService {
        try PolicyWorld.mail(in: directory, rates: "100/1h", more: more, at: "milter", mode: mode)
    }

    /// Has a sender submit a message from each of so many networks.
    private func submit(
        from networks: Int, as sender: Sender = .login("alice"), _ senderClass: SenderClass = .login,
        to mail: MailService
    ) {
        let wires = TripwireGuard(mail)
        for network in 0..<UInt32(networks) {
            var submission = Submission(
                queueID: nil, at: .now, sender: sender, class: senderClass, envelopeSender: "", recipients: 1,
                outcome: .passed)
            submission.client = .v4(0x0A00_0001 + network << 8)
            wires.heard(submission)
        }
    }

    @Test func `stops a login that is used from eight networks, and not one from seven`() throws {
        for (networks, isStopped) in [(7, false), (8, true)] {
            let mail = try mail()
            submit(from: networks, to: mail)
            #expect((mail.stops.reason(of: .login("alice"), at: mail.limitMoment) != nil) == isStopped)
            #expect(mail.alerts.take().alerts.map(\.alert).map(\.kind) == (isStopped ? [.tripwire] : []))
        }
    }

    @Test func `only tells where it is to observe, or the limits are`() throws {
        for mail in [
            try mail("[tripwires.origins]\naction = \"observe\""), try mail(mode: "observe"),
        ] {
            submit(from: 8, to: mail)
            #expect(mail.stops.all(at: mail.limitMoment) == [])
            let alerts = mail.alerts.take().alerts.map(\.alert)
            #expect(alerts.map(\.isActedOn) == [false])
        }
    }

    @Test func `that is off says nothing`() throws {
        let mail = try mail("[tripwires.origins]\naction = \"off\"")
        submit(from: 16, to: mail)
        #expect(mail.alerts.take().alerts.map(\.alert) == [])
    }

    @Test func `has further mail held, by the policy service too`() throws {
        let mail = try PolicyWorld.mail(in: directory, rates: "100/1h")
        submit(from: 8, to: mail)
        let limits = PolicyLimits(mail)
        let reply = limits.answer(PolicyWorld.asked(.recipient, instance: "1"))
        #expect(reply == .hold("it was used from 8 networks within 1h"))
        #expect(limits.answer(PolicyWorld.asked(.recipient, instance: "2", login: "bob")) == .dunno)
    }
}
