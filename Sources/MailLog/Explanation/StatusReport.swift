// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// The part of a bounce that is meant for programs: `message/delivery-status` (RFC 3464).
enum StatusReport {
    /// The longest field that is read, in bytes; Postfix keeps no longer reply.
    private static let longestField = 8192

    /// What a report says of one recipient.
    private struct Fields {
        var diagnostic: Substring?
        var status: EnhancedStatusCode?
        var host: Substring?
        var recipient: Substring?
    }

    /// The replies that the groups of fields about recipients hold.
    ///
    /// Groups are parted by blank lines (RFC 3464 §2.1); a group without diagnostic tells no reply.
    static func replies(in lines: [Substring]) -> [PastedReply] {
        var replies: [PastedReply] = []
        for group in lines.split(whereSeparator: { $0.trimmed.isEmpty }) {
            guard replies.count < PastedReply.maximumCount else { break }
            guard let reply = reply(in: unfolded(group)) else { continue }
            replies.append(reply)
        }
        return replies
    }

    private static func reply(in fields: [String]) -> PastedReply? {
        var found = Fields()
        for field in fields {
            guard let colon = field.firstIndex(of: ":") else { continue }
            let value = field[field.index(after: colon)...].trimmed
            switch field[..<colon].lowercased() {
            case "diagnostic-code": found.diagnostic = found.diagnostic ?? behindType(value)
            case "status": found.status = EnhancedStatusCode(prefixOf: value.utf8)
            case "remote-mta": found.host = behindType(value)
            case "final-recipient": found.recipient = behindType(value)
            case "original-recipient": found.recipient = found.recipient ?? behindType(value)
            default: continue
            }
        }
        guard let diagnostic = found.diagnostic, !diagnostic.isEmpty else { return nil }
        return FramedReply(diagnostic).pasted(
            as: .statusReport, host: found.host, recipient: found.recipient, status: found.status)
    }

    /// A line that begins with white space goes on with the one before (RFC 5322 §2.2.3).
    private static func unfolded(_ lines: ArraySlice<Substring>) -> [String] {
        var fields: [String] = []
        for line in lines {
            if line.first == " " || line.first == "\t", let last = fields.indices.last {
                guard fields[last].utf8.count < longestField else { continue }
                fields[last] += " " + line.trimmed
            } else {
                fields.append(String(line.prefix(longestField)))
            }
        }
        return fields
    }

    /// `smtp; 550 …`, `dns; mx.example.com`: the type says how to read the value (RFC 3464 §2.1.2).
    private static func behindType(_ value: Substring) -> Substring {
        guard let semicolon = value.firstIndex(of: ";"),
            value[..<semicolon].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
        else { return value }
        return value[value.index(after: semicolon)...].trimmed
    }
}
