// SPDX-License-Identifier: Apache-2.0
public import Settings

/// Whom alerts reach, and how.
public struct AlertSettings: Hashable, Sendable {
    /// Addresses that get alerts by mail.
    public var mail: [String]
    /// Addresses for when none of those can be reached.
    public var fallback: [String]
    /// The author of such mail.
    public var from: String
    /// A program and its arguments; empty where there is none.
    public var command: [String]
    /// The most notices in any hour.
    public var hourly: Int
    /// The hour of the digest, by the host's own time.
    public var digestHour: Int

    /// Reads `[alerts]`.
    public init(_ section: Section) {
        mail = section.value(
            "mail", .list(of: .mailAddress), default: ["postmaster"],
            help: "Who gets alerts by mail. Names are followed through Postfix's aliases to where their mail ends; an "
                + "address at a provider that refuses our mail at the moment is left out. Empty sends no mail.")
        fallback = section.value(
            "fallback", .list(of: .mailAddress), default: [],
            help: "Who gets them when nobody in mail can be reached; best at another provider.")
        from = section.value(
            "from", .mailAddress, default: "postern",
            help: "The author of that mail. Its envelope sender is <>, so that no bounce can come of it.")
        command = section.value(
            "command", .command, default: [],
            help:
                "A program that is run for each alert, with its arguments, never by a shell: it gets a JSON object on "
                + "its standard input, has 30 s, and is run as the daemon's user with an empty environment.")
        hourly = section.value(
            "hourly", .integer(in: 2...100), default: 10,
            help: "The most notices in any hour, summaries included; what is more is told as one.")
        digestHour = section.value(
            "digest-hour", .integer(in: 0...23), default: 7,
            help: "The hour of the day, by the host's own time, at which the digest goes out.")
    }
}

extension Kind where Value == String {
    /// An address, or a local name, as sendmail(1) takes it; no display name.
    static var mailAddress: Kind {
        .parsed("a mail address such as \"ops@example.net\", or a local name such as \"root\"") { text in
            let isPlain = text.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"<>()[],;:\\\"|/".utf8.contains($0) }
            guard isPlain, !text.isEmpty, text.utf8.count <= 254, !text.hasPrefix("-"), !text.hasPrefix("@"),
                !text.hasSuffix("@")
            else { return .refused("\(quoted(text)) is not a plain mail address") }
            return .value(text)
        } print: {
            $0
        }
    }
}

extension Kind where Value == [String] {
    /// A program by its absolute path, and its arguments.
    static var command: Kind {
        Kind("an array: the absolute path of a program, then its arguments") { node in
            guard case .array(let nodes) = node else { return .wrongType }
            var words: [String] = []
            for node in nodes {
                guard case .string(let word) = node else { return .refused("has an element that is no string") }
                words.append(word)
            }
            guard let program = words.first else { return .value([]) }
            return program.hasPrefix("/") ? .value(words) : .refused("\(quoted(program)) is not an absolute path")
        } write: { words in
            "[" + words.map(quoted).joined(separator: ", ") + "]"
        }
    }
}
