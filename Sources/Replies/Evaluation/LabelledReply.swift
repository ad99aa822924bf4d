// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
public import PosternCore

/// A reply that a person has judged: one line of a file of JSON objects.
///
/// Keys: `id`, `text`, and where known `smtp_code`, `dsn`, `mx_host`; the judgement in `provider`, `class`, `alt_class`
/// (other classes that a careful reader may give) and `listed_for_us`.
public struct LabelledReply: Sendable {
    /// What the file calls it.
    public let id: String
    /// The reply.
    public let reply: SMTPReply
    /// The host that gave it; `nil` if the source does not tell.
    public let host: String?
    /// Whose MX hosts they are, as judged.
    public let provider: String?
    /// The class, as judged; `nil` if the line has no judgement.
    public let replyClass: ReplyClass?
    /// Classes that count as right too.
    public let alternatives: Set<ReplyClass>
    /// Whether it is evidence that our address or network is blocked or listed.
    public let isListing: Bool

    /// Reads one line.
    /// - Throws: `Malformed` if it is no such object.
    public init(line: some StringProtocol) throws(Malformed) {
        let object: Line
        do {
            object = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        } catch {
            throw Malformed(reason: "\(error)")
        }
        id = object.id
        host = object.mxHost
        provider = object.provider
        replyClass = object.replyClass.flatMap(ReplyClass.init(rawValue:))
        alternatives = Set((object.alternatives ?? []).compactMap(ReplyClass.init(rawValue:)))
        isListing = object.isListing ?? false
        reply = SMTPReply(
            code: object.code.flatMap(UInt16.init(exactly:)), status: object.status.flatMap { EnhancedStatusCode($0) },
            text: object.text)
    }

    /// A line that is no judged reply.
    public struct Malformed: Error, CustomStringConvertible {
        let reason: String

        /// What the JSON decoder says.
        public var description: String { reason }
    }

    private struct Line: Decodable {
        let id: String
        let text: String
        let code: Int?
        let status: String?
        let mxHost: String?
        let provider: String?
        let replyClass: String?
        let alternatives: [String]?
        let isListing: Bool?

        enum CodingKeys: String, CodingKey {
            case id, text, provider
            case code = "smtp_code"
            case status = "dsn"
            case mxHost = "mx_host"
            case replyClass = "class"
            case alternatives = "alt_class"
            case isListing = "listed_for_us"
        }
    }
}
