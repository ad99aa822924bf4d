// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

/// What Microsoft's SNDS says of an address of ours on one day.
public struct AddressDay: Hashable, Sendable {
    /// What the filters made of its mail.
    public enum Colour: String, Hashable, Sendable, CaseIterable, Codable {
        /// Less than a tenth was taken for spam.
        case green
        /// From a tenth to nine tenths.
        case yellow
        /// More than nine tenths.
        case red
    }

    /// When the day began, as SNDS dates it.
    public var day: Moment
    /// The address.
    public var address: ClientAddress
    /// RCPT commands.
    public var recipients: Int
    /// DATA commands.
    public var messages: Int
    /// What the filters made of them.
    public var colour: Colour
    /// Complaints per thousand messages, at most.
    public var complaintRate: Int
    /// Messages to addresses that nobody has, which only lists without consent hold.
    public var traps: Int

    /// A day of its parts.
    public init(
        day: Moment, address: ClientAddress, recipients: Int, messages: Int, colour: Colour, complaintRate: Int,
        traps: Int
    ) {
        self.day = day
        self.address = address
        self.recipients = recipients
        self.messages = messages
        self.colour = colour
        self.complaintRate = complaintRate
        self.traps = traps
    }

    /// `nil` for a row that nobody here wrote.
    init?(_ row: Row) {
        guard let address = row.text("address").flatMap({ ClientAddress(parsing: $0) }),
            let colour = row.text("colour").flatMap({ Colour(rawValue: $0) })
        else { return nil }
        let (seconds, overflow) = row.integer("day").multipliedReportingOverflow(by: 86_400)
        self.init(
            day: Moment(seconds: overflow ? 0 : seconds), address: address, recipients: Int(row.integer("recipients")),
            messages: Int(row.integer("messages")), colour: colour,
            complaintRate: Int(row.integer("complaint_rate")), traps: Int(row.integer("traps")))
    }
}
