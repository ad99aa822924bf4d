// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// An ordinary mail log of any length: submissions, deliveries that succeed, some that do not.
///
/// One line in seven is a
/// delivery, one delivery in ten a refusal. The same for the same length.
struct LogSample {
    private static let refusals = [
        "dsn=5.1.1, status=bounced (host mx.other.example[198.51.100.7] said: 550 5.1.1 <user%d@other.example>: Recipient address rejected: User unknown (in reply to RCPT TO command))",
        "dsn=4.7.0, status=deferred (host gmail-smtp-in.l.google.com[198.51.100.8] said: 421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address. %d gsmtp (in reply to end of DATA command))",
        "dsn=4.4.1, status=deferred (connect to mx%d.other.example[198.51.100.9]:25: Connection timed out)",
        "dsn=5.7.1, status=bounced (host hotmail-com.olc.protection.outlook.com[198.51.100.10] said: 550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150). [MX%d.prod.outlook.com] (in reply to MAIL FROM command))",
    ]

    /// Writes a file of about `lines` lines.
    static func write(lines: Int, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw BenchFailure(description: "\(path) cannot be written") }
        var text = ""
        for message in 0..<(lines / 7) {
            append(message, to: &text)
            if text.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private static func append(_ message: Int, to text: inout String) {
        let second = message / 20
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let stamp =
            "Nov \(two(1 + second / 86_400 % 28)) \(two(second / 3600 % 24)):\(two(second / 60 % 60)):\(two(second % 60)) mail postfix"
        let id = String(0xA0000 + message % 0x5FFFF, radix: 16, uppercase: true) + "F8887C"
        let user = message % 500
        text += "\(stamp)/submission/smtpd[100]: connect from client\(user).example[203.0.113.\(user % 250)]\n"
        text +=
            "\(stamp)/submission/smtpd[100]: \(id): client=client\(user).example[203.0.113.\(user % 250)], sasl_method=PLAIN, sasl_username=user\(user)@lab.example\n"
        text += "\(stamp)/cleanup[101]: \(id): message-id=<\(message).\(user)@lab.example>\n"
        text += "\(stamp)/qmgr[102]: \(id): from=<user\(user)@lab.example>, size=2345, nrcpt=1 (queue active)\n"
        text +=
            "\(stamp)/smtp[\(103 + message % 20)]: \(id): to=<friend\(message % 9000)@gmail.com>, relay=gmail-smtp-in.l.google.com[198.51.100.8]:25, delay=0.62, delays=0.05/0.01/0.2/0.36, "
        if message % 10 == 9 {
            text +=
                refusals[message / 10 % refusals.count].replacingOccurrences(of: "%d", with: "\(message % 1000)") + "\n"
        } else {
            text += "dsn=2.0.0, status=sent (250 2.0.0 OK  1732412345 d9443c01a7336-2129f\(message) gsmtp)\n"
        }
        text += "\(stamp)/qmgr[102]: \(id): removed\n"
        text +=
            "\(stamp)/submission/smtpd[100]: disconnect from client\(user).example[203.0.113.\(user % 250)] ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8\n"
    }
}
