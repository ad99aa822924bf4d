// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

/// The most that one sender asked for, counted by the hour.
public struct SubmissionPeak: Hashable, Sendable {
    /// The sender, by its name (`Sender.name`).
    public let sender: String
    /// What kind of sender that is.
    public let senderClass: SenderClass
    /// Messages in all.
    public let messages: Int
    /// Recipients in all, let through or not.
    public let recipients: Int
    /// The most recipients in two hours that follow each other: any interval of an hour lies within two.
    public let twoHours: Int
    /// The most in twenty-five hours: any interval of a day lies within so many.
    public let day: Int
    /// Whether at least twenty recipients did not exist, and those were at least three in ten of the answers.
    public let showsAbuse: Bool

    init?(_ row: Row) {
        guard let sender = row.text("sender"),
            let senderClass = row.text("sender_class").flatMap({ SenderClass(rawValue: $0) })
        else { return nil }
        self.sender = sender
        self.senderClass = senderClass
        messages = Int(row.integer("messages"))
        recipients = Int(row.integer("recipients"))
        twoHours = Int(max(0, row.integer("two_hours")))
        day = Int(max(0, row.integer("day")))
        let measure = FailureShare.Settings()
        let failed = max(0, row.integer("unknown_user"))
        let (answers, overflow) = failed.addingReportingOverflow(max(0, row.integer("sent")))
        showsAbuse =
            !overflow && failed >= Int64(measure.leastFailures)
            && Double(failed) * 100 >= Double(measure.percent) * Double(answers)
    }
}
