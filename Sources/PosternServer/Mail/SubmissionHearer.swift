// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Somebody who wants to know of each message that is submitted.
protocol SubmissionHearer: AnyObject, Sendable {
    /// Whether the addresses of recipients are wanted; asked for each message when it begins.
    var wantsAddresses: Bool { get }

    /// A message was submitted, and this became of it.
    ///
    /// Called on the threads of the milter and of the policy service while Postfix waits: must not block, and should do
    /// no more than note what it hears.
    func heard(_ submission: Submission)
}

extension SubmissionHearer {
    var wantsAddresses: Bool { false }
}
