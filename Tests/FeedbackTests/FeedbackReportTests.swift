// SPDX-License-Identifier: Apache-2.0
import Feedback
import SeededRandom
import Testing

/// The second example of RFC 5965, appendix B, with Received fields and a signature of ours.
private let report = """
    From: <abusedesk@example.com>
    Date: Thu, 8 Mar 2005 17:40:36 EDT
    Subject: FW: Earn money
    To: <abuse@example.net>
    Message-ID: <20030712040037.46341.5F8J@example.com>
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=feedback-report;
         boundary="part1_13d.2e68ed54_boundary"

    --part1_13d.2e68ed54_boundary
    Content-Type: text/plain; charset="US-ASCII"

    This is an email abuse report.

    --part1_13d.2e68ed54_boundary
    Content-Type: message/feedback-report

    Feedback-Type: abuse
    User-Agent: SomeGenerator/1.0
    Version: 1
    Original-Mail-From: <somespammer@example.net>
    Arrival-Date: Thu, 8 Mar 2005 14:00:00 EDT
    Source-IP: 192.0.2.1

    --part1_13d.2e68ed54_boundary
    Content-Type: message/rfc822
    Content-Disposition: inline

    Return-Path: <bounces@example.net>
    Received: from mail.example.net (mail.example.net [192.0.2.1])
         by example.com with ESMTP id M63d4137594e46;
         Thu, 08 Mar 2005 14:00:00 -0400
    Received: from [10.0.0.7] (unknown [10.0.0.7])
         by mail.example.net (Postfix) with ESMTPSA id 4jYSWg2zFWz2Nm8m
         for <user@example.com>; Thu, 08 Mar 2005 13:59:00 -0400
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=Example.NET;
         s=s1; h=from:to; bh=x; b=y
    From: <somespammer@example.net>
    Subject: Earn money

    Spam Spam Spam
    --part1_13d.2e68ed54_boundary--

    """

@Suite struct `A feedback report` {
    private func read(_ text: String) throws(FeedbackReport.Fault) -> FeedbackReport {
        try FeedbackReport(Array(text.utf8))
    }

    @Test(arguments: ["\n", "\r\n"])
    func `tells who complains of what, and which message it was`(end: String) throws {
        let found = try read(report.replacing("\n", with: end))
        #expect(found.reportID == "<20030712040037.46341.5F8J@example.com>")
        #expect(found.kind == "abuse")
        #expect(found.reporter == "example.com")
        #expect(found.sourceAddress == "192.0.2.1")
        #expect(found.envelopeSender == "somespammer@example.net")
        #expect(found.queueIDs.contains("4jYSWg2zFWz2Nm8m"))
        #expect(found.signingDomains == ["example.net"])
    }

    @Test func `takes the envelope sender from the message where the report is silent`() throws {
        let text = report.replacing("Original-Mail-From: <somespammer@example.net>\n", with: "")
        #expect(try read(text).envelopeSender == "bounces@example.net")
    }

    @Test func `may hold the message's header only, and may be cut`() throws {
        let header = report.replacing("message/rfc822", with: "text/rfc822-headers")
        #expect(try read(header).signingDomains == ["example.net"])
        #expect(
            try read(report.replacing("\n--part1_13d.2e68ed54_boundary--\n", with: "")).signingDomains == [
                "example.net"
            ])
    }

    @Test func `is nothing else: no common mail, no delivery report, no boundary, no feedback`() {
        for (text, fault) in [
            ("", FeedbackReport.Fault.notAReport), ("Subject: hello\n\nhello\n", .notAReport),
            (report.replacing("feedback-report;", with: "delivery-status;"), .notAReport),
            (report.replacing("boundary=\"part1_13d.2e68ed54_boundary\"", with: "x=y"), .notAReport),
            (report.replacing("Content-Type: message/feedback-report", with: "Content-Type: text/plain"), .noFeedback),
        ] {
            #expect(throws: fault) { try read(text) }
        }
    }

    @Test func `names a bounded number of messages and domains, however many it has`() throws {
        let received = (0..<500).map { "Received: by x (Postfix) id 4jYSWg2zFWz2N\($0)m\n" }.joined()
        let found = try read(report.replacing("Return-Path: <bounces@example.net>\n", with: received))
        #expect(found.queueIDs.count == 20)
    }

    @Test func `ends whatever is done to it`() {
        var random = SplitMix64(seed: 5965)
        let bytes = Array(report.utf8)
        for _ in 0..<500 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
                case 1: changed.remove(at: place)
                default: changed.insert(contentsOf: changed.prefix(place), at: place)
                }
                if changed.count > 20_000 { changed.removeLast(changed.count - 20_000) }
                if changed.isEmpty { changed = bytes }
            }
            let found = try? FeedbackReport(changed)
            #expect((found?.queueIDs.count ?? 0) <= 20)
        }
    }
}
