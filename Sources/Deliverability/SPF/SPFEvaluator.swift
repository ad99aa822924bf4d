// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
public import Resolving

/// Evaluates SPF as a receiver does: `check_host()` of RFC 7208 §4, with all its limits.
///
/// However a record is made, an evaluation ends: after eleven policies, and at most ten addresses of ten names each.
public struct SPFEvaluator: Sendable {
    private let source: any RecordSource

    /// An evaluator that asks `source`.
    public init(_ source: any RecordSource) {
        self.source = source
    }

    /// What a receiver makes of the domain's record.
    public func evaluate(_ question: SPFQuestion) async -> SPFOutcome {
        var run = SPFRun(question, source)
        var outcome: SPFOutcome
        do throws(SPFRun.Stop) {
            let verdict = try await run.check(question.domain)
            outcome = SPFOutcome(verdict.result, reason: verdict.term)
            if verdict.result == .fail, let explanation = verdict.explanation {
                outcome.explanation = await run.explain(explanation, for: verdict.domain)
            }
        } catch {
            outcome = SPFOutcome(error.result, reason: error.reason)
        }
        outcome.lookups = run.lookups
        return outcome
    }
}
