// SPDX-License-Identifier: Apache-2.0
public import DKIM

extension KeyRotation {
    /// Which of a rotation's keys are meant.
    public enum Side: Hashable, Sendable {
        /// Those that sign until the switch.
        case old
        /// Those that sign after it.
        case new
    }

    /// Why a key cannot be read.
    public struct KeyFailure: Error, CustomStringConvertible {
        /// One line for the operator.
        public var description: String
    }

    /// The keys of one side, read from their files as the daemon reads them.
    public func keys(_ side: Side, for signing: SigningSettings) throws(KeyFailure) -> [SigningKey] {
        var keys: [SigningKey] = []
        for step in steps {
            let (selector, file) =
                side == .new ? (step.newSelector, step.newFile) : (step.oldSelector, step.oldFile)
            do {
                let bytes = try KeyFile.read(file, readableBy: signing.keyGroup)
                keys.append(
                    try SigningKey(
                        domain: domain, selector: selector, pem: bytes, minimumBits: signing.minimumRSABits))
            } catch let refusal as KeyFile.Refusal {
                throw KeyFailure(description: "\(file) \(refusal.complaint)")
            } catch {
                throw KeyFailure(description: "\(file): \(error)")
            }
        }
        return keys
    }

    /// Whether a configured domain signs with the keys of one side, and with no others.
    public func isInForce(_ side: Side, in domain: DomainSettings) -> Bool {
        let wanted = steps.map { side == .new ? [$0.newSelector, $0.newFile] : [$0.oldSelector, $0.oldFile] }
        return Set(domain.keys.map { [$0.key.selector, $0.file] }) == Set(wanted)
    }
}
