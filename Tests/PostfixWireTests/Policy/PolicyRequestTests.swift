// SPDX-License-Identifier: Apache-2.0
import PostfixWire
import Testing

@Suite struct `A policy request` {
    @Test func `tells stage, client, login and envelope`() throws {
        let (requests, fault) = PolicyRequests.decoded(PolicyRequests.firstRecipient)
        #expect(fault == nil)
        try #require(requests.count == 1)
        var expected = PolicyRequest()
        expected.isReadable = true
        expected.stage = .recipient
        expected.instance = "52dd.6b04fbfe.6892f.0"
        expected.clientAddress = "192.0.2.7"
        expected.clientPort = 44262
        expected.login = "alice"
        expected.sender = "alice@example.com"
        expected.recipient = "bob@example.org"
        expected.context = "ORIGINATING"
        #expect(requests[0] == expected)
    }

    @Test func `at DATA tells how many recipients there are, and a value may contain an equals sign`() throws {
        let request = try #require(PolicyRequests.decoded(PolicyRequests.data).requests.first)
        #expect(request.stage == .data)
        #expect(request.recipientCount == 2)
        #expect(request.recipient.isEmpty)
        #expect(request.sender.isEmpty)
        #expect(request.queueID == "6A8F8F8807F")
        #expect(request.login == "alice=x@example.com")
    }

    @Test(arguments: [
        ("RCPT", PolicyRequest.Stage.recipient), ("DATA", .data), ("END-OF-MESSAGE", .endOfMessage),
        ("CONNECT", .other),
        ("EHLO", .other), ("MAIL", .other), ("VRFY", .other), ("ETRN", .other), ("rcpt", .other), ("", .other),
    ])
    func `is for the stage that it names`(name: String, stage: PolicyRequest.Stage) {
        let text = "request=smtpd_access_policy\nprotocol_state=\(name)\n\n"
        #expect(PolicyRequests.decoded(text).requests.map(\.stage) == [stage])
    }

    @Test func `may end its lines with CR LF`() {
        let text = PolicyRequests.firstRecipient.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n")
        #expect(
            PolicyRequests.decoded(text).requests
                == PolicyRequests.decoded(PolicyRequests.firstRecipient).requests)
    }

    @Test func `that names something twice means the first`() {
        let text = "request=smtpd_access_policy\nsasl_username=alice\nsasl_username=bob\n\n"
        #expect(PolicyRequests.decoded(text).requests.map(\.login) == ["alice"])
    }

    @Test func `takes nothing from the one before`() {
        let (requests, _) = PolicyRequests.decoded(
            PolicyRequests.firstRecipient + "request=smtpd_access_policy\nprotocol_state=RCPT\n\n")
        var bare = PolicyRequest()
        bare.isReadable = true
        bare.stage = .recipient
        #expect(requests.last == bare)
    }

    @Test(arguments: ["-1", "+", "4294967296", "0x10", "1 ", "", "9999999999999999999999"])
    func `with a number that is none has none`(number: String) {
        let text = "request=smtpd_access_policy\nrecipient_count=\(number)\nclient_port=\(number)\n\n"
        let request = PolicyRequests.decoded(text).requests.first
        #expect(request?.recipientCount == 0)
        #expect(request?.clientPort == 0)
    }
}

@Suite struct `Bytes that are no policy request` {
    /// Each is ended by an empty line, so an answer is owed.
    @Test(arguments: [
        "\n", "\r\n", "=\n\n", "=x\n\n", "x\n\n", "\0\n\n", "request\n\n", "request=\n\n", "request=other\n\n",
        "Request=smtpd_access_policy\n\n", " request=smtpd_access_policy\n\n", "request =smtpd_access_policy\n\n",
        "request=smtpd_access_policy \n\n", "request=smtpd_access_policy\0\n\n",
        "request=\u{FEFF}smtpd_access_policy\n\n",
        "protocol_state=RCPT\n\n", "request=smtpd_access_policy\nprotocol_state\nprotocol_state=RCPT\n\n",
        "request=smtpd_access_policy\nprotocol_state=RCPT\n=\n\n", "GET / HTTP/1.1\nhost=x\n\n", "EHLO x\r\n\r\n",
        "request=other\nrequest=smtpd_access_policy\nprotocol_state=RCPT\n\n", "\u{1}\u{2}\u{3}=\u{4}\n\n",
        "request=smtpd_access_policy\rprotocol_state=RCPT\n\n", "{\"request\": \"smtpd_access_policy\"}\n\n",
    ])
    func `are one that cannot be decided, and the next one is whole`(text: String) {
        let (requests, fault) = PolicyRequests.decoded(text + PolicyRequests.data)
        #expect(fault == nil)
        #expect(requests.map(\.stage) == [.other, .data])
        #expect(requests.first?.isReadable == false)
    }

    @Test func `and no UTF-8 either are repaired`() {
        let bytes =
            Array("request=smtpd_access_policy\nprotocol_state=RCPT\nsasl_username=a".utf8) + [0xFF, 0x0A, 0x0A]
        #expect(PolicyRequests.decoded([bytes[...]]).requests.map(\.login) == ["a\u{FFFD}"])
    }

    @Test(arguments: ["request=smtpd_access_policy", "request=smtpd_access_policy\nprotocol_state=RCPT\n", "x", "\r"])
    func `because their end is missing are waited for`(text: String) {
        let (requests, fault) = PolicyRequests.decoded(text)
        #expect(requests.isEmpty)
        #expect(fault == nil)
    }

    @Test func `because a line is longer than 8192 bytes end the connection`() {
        let longest = "x=" + String(repeating: "y", count: PolicyRequestDecoder.maximumLineLength - 2)
        #expect(PolicyRequests.decoded(longest + "\n\n").requests.count == 1)
        #expect(PolicyRequests.decoded(longest + "\r\n\n").requests.count == 1)
        #expect(PolicyRequests.decoded(longest + "y\n\n").fault == .longLine)
        #expect(PolicyRequests.decoded(longest + "yy").fault == .longLine)
    }

    @Test func `because a request is longer than 65536 bytes end the connection`() {
        // 1024 bytes a line; the last is 1023, so that the empty line makes it 65,536.
        let line = "x=" + String(repeating: "y", count: 1021) + "\n"
        let longest = String(repeating: line, count: 63) + line.dropFirst()
        #expect(PolicyRequests.decoded(longest + "\n").requests.count == 1)
        #expect(PolicyRequests.decoded("z" + longest + "\n").fault == .longRequest)
        #expect(PolicyRequests.decoded(String(repeating: line, count: 65)).fault == .longRequest)
    }
}

@Suite struct `A policy reply` {
    @Test(arguments: [
        (PolicyReply.dunno, "action=DUNNO\n\n"), (.hold("over"), "action=HOLD over\n\n"),
        (.refuseForNow("wait"), "action=450 4.7.1 wait\n\n"), (.refuse("no"), "action=550 5.7.1 no\n\n"),
        (.hold("a\nb\r\n\nc\u{7F}é"), "action=HOLD a b   c é\n\n"),
    ])
    func `is one line and an empty one, whatever its text`(reply: PolicyReply, text: String) {
        #expect(String(decoding: reply.bytes, as: UTF8.self) == text)
    }
}
