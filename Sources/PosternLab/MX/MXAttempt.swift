// SPDX-License-Identifier: Apache-2.0

/// One stage that a client came to at a mail exchanger.
public struct MXAttempt: Sendable {
    /// Where.
    public var host: MXHost
    /// How far.
    public var stage: MXStage
    /// The client's address, without port.
    public var client: String
    /// What the client said: its command line; empty at `.connect` and `.endOfData`.
    public var command: String
    /// What was answered; `nil` if nothing was.
    public var reply: String?
    /// When it was decided.
    public var time: ContinuousClock.Instant
}
