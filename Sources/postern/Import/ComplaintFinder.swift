// SPDX-License-Identifier: Apache-2.0
internal import Feedback
internal import Ledger
internal import PosternCore

/// Finds out whose message a report is about.
struct ComplaintFinder {
    let ledger: LedgerReader
    /// The domains that we sign for.
    let domains: Set<String>

    /// The complaint of a report, with what the ledger knows of its message.
    func complaint(of report: FeedbackReport, at now: Moment) throws(LedgerError) -> Complaint {
        var complaint = Complaint(
            time: now, report: report.reportID, kind: report.kind, reporter: report.reporter,
            signedBy: report.signingDomains.first { domains.contains($0) }, address: report.sourceAddress)
        if let message = try message(of: report) {
            complaint.queueID = message.queueID
            complaint.sender = message.sender
        } else {
            complaint.sender = try sender(of: report)
        }
        return complaint
    }

    /// The message by its name; a short name is used again, so the envelope sender has a say where there are several.
    private func message(of report: FeedbackReport) throws(LedgerError) -> StoredMessage? {
        for name in report.queueIDs {
            let found = try ledger.messages(queueID: name)
            let same = found.first { $0.envelopeSender.lowercased() == report.envelopeSender?.lowercased() }
            if let message = same ?? found.first { return message }
        }
        return nil
    }

    /// The sender by the envelope sender, if all of the last messages with it were one sender's.
    private func sender(of report: FeedbackReport) throws(LedgerError) -> String? {
        guard let address = report.envelopeSender, !address.isEmpty else { return nil }
        let senders = Set(try ledger.messages(envelopeSender: address).map(\.sender))
        return senders.count == 1 ? senders.first : nil
    }
}
