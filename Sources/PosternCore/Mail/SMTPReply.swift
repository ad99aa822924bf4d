// SPDX-License-Identifier: Apache-2.0

/// What the other side answered at one stage of a delivery, as Postfix reports it.
public struct SMTPReply: Hashable, Sendable {
    /// The three-digit code, 200…599; `nil` where the source does not show one (a lost connection, Postfix's own words).
    public var code: UInt16?
    /// The enhanced status code in the reply, else the one Postfix gave (`dsn=`); `nil` if there is neither.
    public var status: EnhancedStatusCode?
    /// The whole reply, the code included, its lines joined by a blank each as Postfix joins them.
    ///
    /// Written by the other side.
    public var text: String
    /// Where in the dialogue it came.
    public var stage: DeliveryStage

    /// A reply as it was seen.
    public init(code: UInt16?, status: EnhancedStatusCode?, text: String, stage: DeliveryStage = .unknown) {
        self.code = code
        self.status = status
        self.text = text
        self.stage = stage
    }
}

/// A stage of the SMTP dialogue, by the words with which smtp(8) ends its report.
public enum DeliveryStage: String, Hashable, Sendable, CaseIterable {
    /// "refused to talk to me": the banner.
    case connect
    /// "in reply to EHLO command" or HELO.
    case helo
    /// "in reply to MAIL FROM command".
    case mailFrom = "mail-from"
    /// "in reply to RCPT TO command".
    case rcptTo = "rcpt-to"
    /// "in reply to DATA command".
    case data
    /// "in reply to end of DATA command".
    case endOfData = "end-of-data"
    /// Postfix's own words: no reply was had.
    case local
    /// Not told.
    case unknown
}
