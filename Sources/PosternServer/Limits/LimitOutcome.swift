// SPDX-License-Identifier: Apache-2.0
internal import Milter

/// What the limits did with a message at the milter.
enum LimitOutcome {
    /// It goes its way.
    case passed
    /// It lies in the hold queue, by this limit and for this reason.
    case held(rule: String, reason: String)
    /// It is refused, in these words.
    case refused(MilterVerdict)
}
