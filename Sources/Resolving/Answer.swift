// SPDX-License-Identifier: Apache-2.0

/// What the DNS says to a question.
///
/// A failure tells nothing of the domain: who takes it for `nothing` takes a name server's bad hour for the truth.
public enum Answer<Value: Sendable>: Sendable {
    /// There is something.
    case found(Value)
    /// The name does not exist, or has nothing of the kind (NXDOMAIN and NODATA, RFC 2308 §2).
    case nothing
    /// It could not be learnt.
    case failed(LookupFailure)
}

extension Answer: Equatable where Value: Equatable {}
