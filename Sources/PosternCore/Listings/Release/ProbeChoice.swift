// SPDX-License-Identifier: Apache-2.0

/// The message that should be the probe.
public struct ProbeChoice: Hashable, Sendable {
    /// The message and its recipient.
    public var probe: Probe
    /// Before this it would be answered from Postfix's memory; `nil` if it can go now.
    public var notBefore: Moment?
}
