// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let letter = "From: alice@lab.example\nTo: bob@hotmail.com\nSubject: hello\n\nhello\n"
private let block =
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
    + "since part of their network is on our block list (S3150)."

/// A way to refuse, and what Postern must read in it.
struct Refusal: Sendable, CustomTestStringConvertible {
    let provider: String
    let recipient: String
    let reply: String
    let stage: MXStage
    /// As the status has it.
    let read: String

    var testDescription: String { "\(reply.prefix(40))… at \(stage.rawValue)" }
}

@Suite(.serialized) struct `A reply of the world` {
    @Test(arguments: [
        Refusal(
            provider: "microsoft-consumer", recipient: "bob@hotmail.com", reply: block, stage: .connect,
            read: #""microsoft-consumer":{"ip-block":1}"#),
        Refusal(
            provider: "microsoft-consumer", recipient: "bob@hotmail.com", reply: block, stage: .mailFrom,
            read: #""microsoft-consumer":{"ip-block":1}"#),
        Refusal(
            provider: "microsoft-consumer", recipient: "bob@hotmail.com", reply: block, stage: .rcptTo,
            read: #""microsoft-consumer":{"ip-block":1}"#),
        Refusal(
            provider: "microsoft-consumer", recipient: "bob@hotmail.com", reply: block, stage: .data,
            read: #""microsoft-consumer":{"ip-block":1}"#),
        Refusal(
            provider: "microsoft-consumer", recipient: "bob@hotmail.com", reply: block, stage: .endOfData,
            read: #""microsoft-consumer":{"ip-block":1}"#),
        Refusal(
            provider: "microsoft-consumer", recipient: "bob@hotmail.com",
            reply: "451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. "
                + "For e-mail delivery information, see https://postmaster.live.com (S775)",
            stage: .mailFrom, read: #""microsoft-consumer":{"ip-throttle":1}"#),
        Refusal(
            provider: "gmail", recipient: "bob@gmail.com",
            reply: "550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n"
                + "550-5.1.1 double-checking the recipient's email address for typos or\r\n"
                + "550 5.1.1 unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser - gsmtp",
            stage: .rcptTo, read: #""gmail":{"recipient-unknown":1}"#),
        Refusal(
            provider: "yahoo", recipient: "bob@yahoo.com",
            reply: "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user "
                + "complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
            stage: .mailFrom, read: #""yahoo":{"ip-throttle":1}"#),
    ])
    func `is read rightly at every stage`(refusal: Refusal) async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            try lab.mx.script(refusal.provider, .refusing(refusal.reply, at: refusal.stage))
            try await lab.submit(letter, from: "alice@lab.example", to: [refusal.recipient], login: .alice)
            try await postern.status { $0.contains(refusal.read) }
        }
    }

    @Test func `of one exchanger that another makes up for is no refusal`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            let busy = "451 4.7.500 Server busy. Please try again later"
            try lab.mx.script("gmail-smtp-in.l.google.com", .refusing(busy, at: .mailFrom))
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            try await lab.received(by: "gmail")
            try await lab.log(contains: "451 4.7.500 Server busy", "(in reply to MAIL FROM command)")
            try await postern.status { $0.contains(#""gmail":{"accepted":1}"#) }
        }
    }

    @Test func `in Microsoft's words from a host that is not Microsoft's is nobody's listing`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            try lab.mx.script("other", .refusing(block, at: .rcptTo))
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@other.example"], login: .alice)
            let status = try await postern.status { $0.contains(#""other":{"#) }
            #expect(!status.contains("microsoft"))
        }
    }

    @Test func `that quotes a block while it accepts is an acceptance`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            let words = "250 2.0.0 queued, dsn=5.7.1, status=bounced (host mx said: \(block))"
            try lab.mx.script("microsoft-consumer", .refusing(words, at: .endOfData))
            try await lab.submit(letter, from: "alice@lab.example", to: ["bob@hotmail.com"], login: .alice)
            try await postern.status { $0.contains(#""microsoft-consumer":{"accepted":1}"#) }
        }
    }

    @Test func `is read on from where the daemon was killed, once`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try lab.mx.script("gmail", .refusing("550 5.1.1 no such user", at: .rcptTo))
            let first = try await Postern.start(in: lab)
            try await lab.submit(letter, from: "alice@lab.example", to: ["one@gmail.com"], login: .alice)
            try await first.status { $0.contains(#""gmail":{"recipient-unknown":1}"#) }
            try await first.program.stop()
            try await lab.submit(letter, from: "alice@lab.example", to: ["two@gmail.com"], login: .alice)
            try await lab.log(contains: "to=<two@gmail.com>", "status=bounced")
            let second = try await Postern.start(in: lab)
            try await second.status { $0.contains(#""gmail":{"recipient-unknown":1}"#) }
        }
    }
}
