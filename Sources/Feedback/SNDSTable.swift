// SPDX-License-Identifier: Apache-2.0
public import PosternCore
internal import StatusModel

/// The data of Microsoft's Smart Network Data Services, as its automated access gives it: CSV without a header.
///
/// Columns: address, activity from, until, RCPT commands, DATA commands, message recipients, filter result, complaint rate,
/// trap period from, until, trap hits, sample HELO, sample MAIL FROM, comments; dates as `12/31/2019 7:00 PM`.
/// Source: https://sendersupport.olc.protection.outlook.com/snds/FAQ.aspx.
public struct SNDSTable: Hashable, Sendable {
    /// One address on one day.
    public struct Row: Hashable, Sendable {
        /// The address.
        public var address: ClientAddress
        /// When the day began on which the activity did, as SNDS dates it.
        public var day: Moment
        /// RCPT commands.
        public var recipients: Int
        /// DATA commands.
        public var messages: Int
        /// `green`, `yellow` or `red`.
        public var colour: String
        /// Complaints per thousand messages; of `< 0.1%` the bound.
        public var complaintRate: Int
        /// Messages to trap addresses.
        public var traps: Int
    }

    /// The largest table that is read, in bytes.
    public static let largest = 8 << 20
    /// Lines that are told of as unreadable, at most.
    private static let mostFaults = 20

    /// What it says.
    public private(set) var rows: [Row] = []
    /// The numbers of lines that are no data, the first twenty.
    public private(set) var faults: [Int] = []

    /// Reads a table; what is beyond `largest` is left out.
    public init(_ text: some Collection<UInt8>) {
        let lines = text.prefix(Self.largest).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let text = String(decoding: line.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            guard !text.allSatisfy(\.isWhitespace) else { continue }
            if let row = Self.row(text) {
                rows.append(row)
            } else if faults.count < Self.mostFaults, !(index == 0 && text.lowercased().hasPrefix("ip address")) {
                faults.append(index + 1)
            }
        }
    }

    private static func row(_ line: String) -> Row? {
        let fields = fields(of: line)
        guard fields.count >= 11, let address = ClientAddress(parsing: fields[0]), let day = day(fields[1]),
            let recipients = count(fields[3]), let messages = count(fields[4]), let rate = rate(fields[7]),
            let traps = count(fields[10])
        else { return nil }
        let colour = fields[6].lowercased()
        guard ["green", "yellow", "red"].contains(colour) else { return nil }
        return Row(
            address: address, day: day, recipients: recipients, messages: messages, colour: colour,
            complaintRate: rate, traps: traps)
    }

    /// The fields of a line, which quotes may hold together (RFC 4180 §2); at most twenty.
    private static func fields(of line: String) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                guard fields.count < 20 else { break }
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields.map { String($0.drop { $0 == " " }) }
    }

    private static func count(_ text: String) -> Int? {
        if text.isEmpty { return 0 }
        guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(text)
    }

    /// Thousandths, rounded up, of `0.3%` or `< 0.1%`.
    private static func rate(_ text: String) -> Int? {
        if text.isEmpty { return 0 }
        let digits = text.filter { !$0.isWhitespace && $0 != "<" && $0 != "%" }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let whole = Int(first), 0...100 ~= whole else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.utf8.count <= 9, fraction.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        let tenths = fraction.first.flatMap { Int(String($0)) } ?? 0
        let isMore = fraction.dropFirst().contains { $0 != "0" }
        return whole * 10 + tenths + (isMore ? 1 : 0)
    }

    private static func day(_ text: String) -> Moment? {
        let date = text.prefix { $0 != " " }.split(separator: "/", omittingEmptySubsequences: false)
        guard date.count == 3, date[2].count == 4, date[0].count <= 2, date[1].count <= 2 else { return nil }
        let padded = date.map { $0.count == 1 ? "0\($0)" : String($0) }
        return Timestamp("\(padded[2])-\(padded[0])-\(padded[1])T00:00:00Z")?.moment
    }
}
