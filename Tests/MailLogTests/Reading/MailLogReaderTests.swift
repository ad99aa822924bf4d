// SPDX-License-Identifier: Apache-2.0
import MailLog
import PosternCore
import SeededRandom
import Testing

@Suite struct `The reader of a mail log` {
    private static let story = [
        "Feb 18 11:55:36 mail postfix/smtpd[1]: 6BAB0300C9CD: client=desk[192.0.2.7], sasl_method=PLAIN, sasl_username=Alice",
        "Feb 18 11:55:36 mail postfix/cleanup[2]: 6BAB0300C9CD: message-id=<1@example.com>",
        "Feb 18 11:55:36 mail postfix/qmgr[3]: 6BAB0300C9CD: from=<alice@example.com>, size=420, nrcpt=1 (queue active)",
    ]

    @Test func `puts an attempt down to who submitted the message`() throws {
        var reader = try newReader()
        for line in Self.story { _ = reader.take(line) }
        let delivery = try #require(reader.take(line(said()))?.delivery)
        #expect(delivery.attribution?.sender == .login("alice"))
        #expect(delivery.attribution?.counted == .block)
        let hour = delivery.moment...delivery.moment
        #expect(reader.history.counts(of: .login("alice"), in: hour)[.block] == 1)
    }

    @Test func `forgets a message that was removed`() throws {
        var reader = try newReader()
        for line in Self.story { _ = reader.take(line) }
        #expect(reader.stories.openCount == 1)
        _ = reader.take("Feb 18 11:55:38 mail postfix/qmgr[3]: 6BAB0300C9CD: removed")
        #expect(reader.stories.openCount == 0)
    }

    @Test func `tells lines of others and damaged ones apart`() throws {
        var reader = try newReader()
        #expect(reader.take("Feb 18 11:55:37 mail sshd[1]: Accepted publickey for root") == nil)
        #expect(reader.take("Feb 18 11:55:37 mail postfix/smtp[1]: 6BAB0300C9CD: to=<user@hotmail.com>, relay=") == nil)
        #expect(reader.lineCount == 2)
        #expect(reader.foreignCount == 1)
        #expect(reader.malformedCount == 1)
    }

    @Test func `reads a line of the journal at the time that the journal tells`() throws {
        var reader = try newReader()
        let bytes = Array(
            "postfix/smtp[1]: 6BAB0300C9CD: to=<u@Example.NET.>, relay=none, delay=1, dsn=4.4.3, status=deferred (x)"
                .utf8)
        let written = Moment(seconds: 1_700_000_000)
        let heard = reader.take(bytes.span, writtenAt: written, receivedAt: written + .seconds(5))
        let delivery = try #require(heard?.delivery)
        #expect(delivery.moment == written)
        #expect(delivery.receivedAt == written + .seconds(5))
        #expect(delivery.recipientDomain == "example.net")
    }

    @Test func `tells hosts apart that share a name`() throws {
        var reader = try newReader()
        let name = "hotmail-com.olc.protection.outlook.com"
        for address in ["104.47.66.33", "2a01:111:f403::1", "104.47.66.33"] {
            let host = "\(name)[\(address)]"
            let delivery = try #require(reader.take(line(relay: host + ":25", said(by: host)))?.delivery)
            #expect(delivery.hostAddress == ClientAddress(parsing: address))
            #expect(delivery.host == name)
        }
    }

    @Test func `judges by new rules as soon as they are set`() throws {
        var reader = try newReader()
        _ = reader.take(line(said()))
        let rules = try #require(shippedRules)
        reader.rules = rules
        #expect(reader.take(line(said()))?.delivery?.doubt == nil)
    }

    @Test(arguments: 0..<40) func `survives any line cut anywhere`(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        var reader = try newReader()
        let whole = Array(line(said()).utf8)
        for _ in 0..<50 {
            var bytes = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = reader.take(bytes.span)
        }
        #expect(reader.lineCount == 50)
    }
}
