// SPDX-License-Identifier: Apache-2.0
import MailLog
import PosternCore
import PostfixWire
import Replies
import Settings
import Testing

/// The rules as they are shipped, read once for all tests; `nil` if they cannot be read.
let shippedRules: ReplyRules? = {
    do {
        return try ReplyRules.load(shipped: shippedRulesDirectory, site: nil)
    } catch {
        Issue.record("\(error)")
        return nil
    }
}()

/// Where the package keeps the shipped rules.
let shippedRulesDirectory: String = {
    let package = #filePath.split(separator: "/").dropLast(4)
    return "/" + package.joined(separator: "/") + "/Sources/Replies/Rules"
}()

/// A site whose own network is 192.0.2.0/24.
let policy: SenderPolicy = {
    var policy = SenderPolicy()
    policy.trustedNetworks = AddressSet([AddressBlock(address: .v4(0xC000_0200), prefixLength: 24)])
    return policy
}()

/// A reader at the start of a log of 2026 in UTC.
func newReader() throws -> MailLogReader {
    MailLogReader(rules: try #require(shippedRules), policy: policy, calendar: .year2026)
}

extension LogCalendar {
    /// For lines without a year, which are of 2026 and in UTC.
    static var year2026: LogCalendar { LogCalendar(years: .from(2026), zone: .utc) }
}

extension MailLogReader {
    /// Reads a line of text.
    mutating func take(_ line: String) -> HeardLine? {
        take(Array(line.utf8).span)
    }
}

/// The attempt that the last of the lines is about.
func delivery(_ lines: String...) throws -> Delivery {
    var reader = try newReader()
    var last: HeardLine?
    for line in lines { last = reader.take(line) }
    return try #require(last?.delivery)
}

/// A line about a message to a recipient at Outlook.com.
func line(
    tag: String = "postfix/smtp", to recipient: String = "user@hotmail.com",
    relay: String = "hotmail-com.olc.protection.outlook.com[104.47.66.33]:25", status: String = "bounced",
    dsn: String = "5.7.1", _ text: String
) -> String {
    "Feb 18 11:55:37 mail \(tag)[19793]: 6BAB0300C9CD: to=<\(recipient)>, relay=\(relay), delay=0.7, "
        + "delays=0.04/0.02/0.47/0.16, dsn=\(dsn), status=\(status) (\(text))"
}

/// Outlook.com's refusal of a listed address (https://github.com/roundcube/roundcubemail/issues/6858).
let blockReply =
    "550 5.7.1 Unfortunately, messages from [192.0.2.4] weren't sent. Please contact your Internet service provider since "
    + "part of their network is on our block list (S3140). You can also refer your provider to "
    + "http://mail.live.com/mail/troubleshooting.aspx#errors. [MW2NAM12FT005.eop-nam12.prod.protection.outlook.com]"

/// That refusal in the frame that smtp(8) gives it.
func said(by host: String = "hotmail-com.olc.protection.outlook.com[104.47.66.33]", _ reply: String = blockReply)
    -> String
{
    "host \(host) said: \(reply) (in reply to MAIL FROM command)"
}
