// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

/// Lines of a Postfix 3.7.11 on Debian 12, of fail2ban (fail2ban/tests/files/logs/postfix) and of
/// whyscream/postfix-grok-patterns.
@Suite struct `A line of refusal or hold` {
    private func read(_ daemon: String, _ message: String) throws -> (line: ReadLine, policy: PolicyRecord) {
        let line = try #require(ReadLine("Nov 24 03:11:40 mail postfix/\(daemon)[22059]: \(message)"))
        return (line, try #require(line.policy))
    }

    @Test func `tells action, stage, client, codes and envelope`() throws {
        let (line, policy) = try read(
            "smtpd",
            "NOQUEUE: reject: RCPT from localhost[127.0.0.1]: 454 4.7.1 <x@gmail.com>: Relay access denied; from=<a@lab.example> to=<x@gmail.com> proto=ESMTP helo=<vm>"
        )
        #expect(line.record.queueID == nil)
        #expect(policy.action == .reject)
        #expect(policy.stage == .recipient)
        #expect(line.text(policy.clientName) == "localhost")
        #expect(line.text(policy.clientAddress) == "127.0.0.1")
        #expect(policy.code == 454)
        #expect(policy.status == EnhancedStatusCode(4, 7, 1))
        #expect(line.text(policy.sender) == "a@lab.example")
        #expect(line.text(policy.recipient) == "x@gmail.com")
    }

    @Test func `from cleanup has a queue ID and no reply code`() throws {
        let (line, policy) = try read(
            "cleanup",
            "B37FD2E05B9: milter-reject: END-OF-MESSAGE from h-ca74a0a011076cd81347f8f11e[254.65.43.194]: 4.7.1 Try again later; from=<ub431d944@h-79b594737831a5d176dabf9.com> to=<u66067ee9@h-ffd2115d4f.com> proto=ESMTP helo=<h-ca74a0a011076cd81347f8f11e>"
        )
        #expect(line.record.queueID == QueueID("B37FD2E05B9"))
        #expect(policy.action == .milterReject)
        #expect(policy.stage == .endOfMessage)
        #expect(policy.code == nil)
        #expect(policy.status == EnhancedStatusCode(4, 7, 1))
    }

    @Test func `at MAIL names no recipient`() throws {
        let (line, policy) = try read(
            "cleanup",
            "3AE18F89FFE: milter-reject: MAIL from localhost[127.0.0.1]: 4.7.1 Service unavailable - try again later; from=<www-data@lab.example>"
        )
        #expect(policy.stage == .mail)
        #expect(line.text(policy.sender) == "www-data@lab.example")
        #expect(policy.recipient == nil)
    }

    @Test(arguments: [
        (
            "cleanup",
            "A1CA1F89074: milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]: milter triggers HOLD action; from=<a@b.example> to=<c@d.example>",
            PolicyAction.milterHold, PolicyStage.endOfMessage
        ),
        (
            "cleanup",
            "A1CA1F89074: milter-discard: END-OF-MESSAGE from localhost[127.0.0.1]: milter triggers DISCARD action; from=<a@b.example>",
            .milterDiscard, .endOfMessage
        ),
        (
            "smtpd",
            "NOQUEUE: hold: RCPT from localhost[127.0.0.1]: <alice@lab.example>: Sender address postern review; from=<alice@lab.example> to=<p4@gmail.com> proto=ESMTP helo=<vm>",
            .hold, .recipient
        ),
        (
            "smtpd",
            "NOQUEUE: discard: MAIL from ccm231.example.com[208.75.123.231]: <u296c430c@in.example.com>: Sender address SPAM; from=<u296c430c@in.example.com> proto=ESMTP helo=<ccm231>",
            .discard, .mail
        ),
        (
            "smtpd",
            "NOQUEUE: filter: RCPT from unknown[85.25.255.255]: <u01b61ba2@sender.com>: Sender address triggers FILTER smtp-amavis:[127.0.0.1]:10024; from=<u01b61ba2@sender.com> to=<uc35f2956@domain.com> proto=ESMTP helo=<plutoapp.biz>",
            .notice, .recipient
        ),
        (
            "smtpd",
            "NOQUEUE: reject_warning: RCPT from example.com[93.184.216.34]: 553 5.7.1 <a@example.com>: Sender address rejected: not owned by user ph123; from=<a@example.com> to=<b@example.com> proto=ESMTP helo=<example.com>",
            .notice, .recipient
        ),
        (
            "smtpd",
            "NOQUEUE: reject: EHLO from s271272.static.corbina.ru[78.107.251.238]: 504 5.5.2 <User>: Helo command rejected: need fully-qualified hostname; proto=SMTP helo=<User>",
            .reject, .helo
        ),
        (
            "smtpd",
            "1D8CC1CA0A7F: milter-reject: DATA from 66-220-155-151.example.com[192.0.2.151]: 550 5.7.1 Command rejected; from=<a@mail.example.com> to=<b@example.com> proto=ESMTP helo=<x>",
            .milterReject, .data
        ),
        (
            "smtpd",
            "44JCRG5tYPzCqt2: reject: BDAT from signing-milter.example.com[192.0.2.109]: 550 5.5.3 <DATA>: Data command rejected: Multi-recipient bounce; from=<> to=<uae0f08b9@example.com> proto=ESMTP helo=<domain.tld>",
            .reject, .data
        ),
        (
            "smtpd",
            "NOQUEUE: reject: VRFY from unknown[2001:968:9999:20:88b:9b7d:2a54:2bd2]: 454 4.7.1 <a@henk.com>: Relay access denied; to=<a@henk.com> proto=SMTP helo=<me>",
            .reject, .other
        ),
        (
            "smtpd",
            "NOQUEUE: milter-reject: CONNECT from localhost[127.0.0.1]: 451 4.7.1 Service unavailable - try again later; proto=SMTP",
            .milterReject, .connect
        ),
    ])
    func `tells its action and stage`(daemon: String, message: String, action: PolicyAction, stage: PolicyStage) throws
    {
        let (_, policy) = try read(daemon, message)
        #expect(policy.action == action)
        #expect(policy.stage == stage)
        #expect(policy.clientAddress != nil)
    }

    @Test func `of a proxy filter names no client`() throws {
        let (line, policy) = try read(
            "smtpd",
            "2F01D1855DB2: proxy-reject: END-OF-MESSAGE: 554 5.7.0 Reject, id=31619-02 - spam; from=<> to=<u1ac30c7f@example2.com> proto=SMTP helo=<17.33.12.53>"
        )
        #expect(policy.action == .proxyReject)
        #expect(policy.stage == .endOfMessage)
        #expect(policy.clientAddress == nil)
        #expect(policy.code == 554)
        #expect(line.text(policy.sender) == "")
    }

    @Test func `about content tells nothing of what the content words`() throws {
        let (line, policy) = try read(
            "cleanup",
            "4D5C3F88090: reject: header Subject: x from evil[192.0.2.66]; from=<forged@a.example> to=<forged@b.example> from localhost[127.0.0.1]; from=<a@lab.example> to=<e@gmail.com> proto=ESMTP helo=<vm>: 5.7.1 spammy"
        )
        #expect(policy.action == .reject)
        #expect(policy.stage == .content)
        #expect(policy.clientAddress == nil)
        #expect(policy.sender == nil)
        #expect(policy.recipient == nil)
        #expect(line.record.queueID == QueueID("4D5C3F88090"))
    }

    @Test func `believes no envelope if it stands there twice`() throws {
        let (_, policy) = try read(
            "smtpd",
            "NOQUEUE: reject: RCPT from unknown[192.0.2.66]: 450 4.7.1 <x>; from=<victim@lab.example> to=<y@gmail.com> proto=ESMTP helo=<x>: Helo command rejected: Host not found; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<x>"
        )
        #expect(policy.sender == nil)
        #expect(policy.recipient == nil)
    }
}
