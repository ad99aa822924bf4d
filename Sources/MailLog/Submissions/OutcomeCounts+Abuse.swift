// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

extension OutcomeCounts {
    /// Whether a sender's deliveries show signs of abuse, by the measure of `FailureShare`: many recipients who do not
    /// exist, or much that others took for spam.
    ///
    /// What our address or a busy server brought about says nothing of the sender.
    var showsAbuse: Bool {
        let measure = FailureShare.Settings()
        let failed = UInt64(self[.unknownUser]) + UInt64(self[.spamRefusal])
        let outcomes = UInt64(self[.accepted]) + failed
        return failed >= UInt64(measure.leastFailures) && failed * 100 >= UInt64(measure.percent) * outcomes
    }
}
