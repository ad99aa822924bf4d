// SPDX-License-Identifier: Apache-2.0

/// How far a probe has come.
public enum ProbeStage: Hashable, Sendable, Codable {
    /// A message is being chosen. → `letThrough`; → `spaced` if it must wait; → `armed` if none waits; → `listed` at `until`.
    case choosing(until: Moment)
    /// Nothing waits: the next message is the probe. → `choosing` when one waits; → `reopening` at `until`.
    case armed(until: Moment)
    /// The message at hand may not go yet. → `choosing` at `until`.
    case spaced(until: Moment)
    /// A message is on its way. → `reopening` or `choosing` if accepted; → `listed` if refused; → `choosing`, after a few
    /// in vain `listed`, if it tells nothing or the log has not told of it at `until`.
    case letThrough(Probe, since: Moment, until: Moment)
}
