// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// A report that somebody complains of a message (RFC 5965), read as far as it tells which message it was.
///
/// Every byte is a stranger's: nothing in it is believed beyond what can be looked up here.
public struct FeedbackReport: Hashable, Sendable {
    /// Why a message is no such report.
    public enum Fault: Error, Hashable, Sendable {
        /// It is not of the type multipart/report with report-type=feedback-report.
        case notAReport
        /// It has no part of the type message/feedback-report.
        case noFeedback
    }

    /// The largest message that is read, in bytes; what is beyond is left out.
    public static let largest = 4 << 20
    /// Parts that are looked at, at most.
    private static let mostParts = 20
    /// Names of messages that are looked for, at most.
    private static let mostNames = 20

    /// The report's Message-ID; empty if it has none.
    public var reportID: String
    /// What kind of complaint it is, in lower case: `abuse`, `fraud`, `not-spam` and so on (RFC 5965 §7.3).
    public var kind: String
    /// The domain of the report's From; empty if it has none.
    public var reporter: String
    /// The address that the message came from, as the report says.
    public var sourceAddress: String?
    /// The envelope sender of the message, as the report says, or its Return-Path.
    public var envelopeSender: String?
    /// The names that Postfix servers gave the message on its way, the last server's first.
    public var queueIDs: [String] = []
    /// The domains whose signatures it bears (`d=`), in lower case.
    public var signingDomains: [String] = []

    /// Reads a message.
    public init(_ message: [UInt8]) throws(Fault) {
        let outer = HeaderFields(message.prefix(Self.largest))
        let (type, parameters) = outer.contentType
        guard type == "multipart/report", parameters["report-type"]?.lowercased() == "feedback-report",
            let boundary = parameters["boundary"], !boundary.isEmpty, boundary.utf8.count <= 70
        else { throw .notAReport }
        reportID = outer["message-id"] ?? ""
        reporter = Self.domain(of: outer["from"] ?? "")
        kind = ""
        var hasFeedback = false
        for part in Self.parts(of: outer.body, between: Array("--\(boundary)".utf8)) {
            let fields = HeaderFields(part)
            switch fields.contentType.type {
            case "message/feedback-report" where !hasFeedback:
                hasFeedback = true
                let feedback = HeaderFields(fields.body)
                kind = (feedback["feedback-type"] ?? "").lowercased()
                sourceAddress = feedback["source-ip"]
                envelopeSender = feedback["original-mail-from"].map(Self.bare)
            case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers":
                read(HeaderFields(fields.body))
            default: continue
            }
        }
        guard hasFeedback else { throw .noFeedback }
    }

    private mutating func read(_ original: HeaderFields) {
        for value in original.all("received") where queueIDs.count < Self.mostNames {
            if let name = Self.queueID(in: value), !queueIDs.contains(name) { queueIDs.append(name) }
        }
        for value in original.all("dkim-signature").prefix(Self.mostNames) {
            for tag in value.split(separator: ";") {
                let parts = tag.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
                guard parts.count == 2, parts[0] == "d" else { continue }
                let domain = parts[1].lowercased()
                if !signingDomains.contains(domain) { signingDomains.append(domain) }
            }
        }
        if envelopeSender == nil { envelopeSender = original["return-path"].map(Self.bare) }
    }

    /// The name behind ` id ` in a Received field (RFC 5321 §4.4), if it can be one of Postfix's.
    private static func queueID(in received: String) -> String? {
        let words = received.split { $0 == " " || $0 == "\t" || $0 == ";" }
        guard let place = words.firstIndex(where: { $0.lowercased() == "id" }), place + 1 < words.endIndex else {
            return nil
        }
        return QueueID(String(words[place + 1])).map { "\($0)" }
    }

    /// Without angle brackets.
    private static func bare(_ address: String) -> String {
        address.filter { $0 != "<" && $0 != ">" && !$0.isWhitespace }
    }

    private static func domain(of from: String) -> String {
        guard let sign = from.lastIndex(of: "@") else { return "" }
        return from[from.index(after: sign)...].prefix { $0.isLetter || $0.isNumber || ".-".contains($0) }.lowercased()
    }

    /// The parts of a multipart body (RFC 2046 §5.1.1).
    private static func parts(of body: ArraySlice<UInt8>, between delimiter: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var place = body.startIndex
        while place < body.endIndex, parts.count < mostParts {
            let end = body[place...].firstIndex(of: UInt8(ascii: "\n")) ?? body.endIndex
            if body[place..<end].starts(with: delimiter) {
                if let start { parts.append(body[start..<place]) }
                let isLast = body[place..<end].dropFirst(delimiter.count).starts(with: [0x2D, 0x2D])
                if isLast { return parts }
                start = min(end + 1, body.endIndex)
            }
            place = min(end + 1, body.endIndex)
        }
        // A report that was cut has no last delimiter.
        if let start, parts.count < mostParts { parts.append(body[start...]) }
        return parts
    }
}
