// SPDX-License-Identifier: Apache-2.0
public import DKIM
public import Resolving

/// Whether a key is published, as one name server or resolver sees it.
public enum KeyPublication: Hashable, Sendable {
    /// The record is there, and is this key's.
    case published
    /// It is not, or is another; why, in words that may quote a stranger.
    case unpublished(String)
    /// Whoever was asked did not answer.
    case unknown(String)

    /// Asks for a key's record.
    public init(of key: KeyRecord, asking source: any RecordSource) async {
        let domain = SendingSite.Domain(name: key.domain, keys: [key])
        switch await KeyCheck(domain: domain, source: source).run().first?.outcome {
        case .good: self = .published
        case .unknown(let text): self = .unknown(text)
        case .found(let finding) where finding.kind == .lookupFailed: self = .unknown(finding.what)
        // A key that is only tested signs all the same; receivers may ignore it, which the check tells.
        case .found(let finding): self = .unpublished(finding.what)
        case nil: self = .unknown("nothing was asked")
        }
    }
}
