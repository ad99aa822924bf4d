// SPDX-License-Identifier: Apache-2.0

/// What a milter wants of the MTA.
///
/// Ask for little: each step, reply and macro costs a mail its time.
public struct MilterConfiguration: Sendable {
    /// The name under which libmilter logs (syslog, facility mail).
    public var name: String
    /// Where the MTA connects.
    public var socket: MilterSocket
    /// The steps that are called back; the others are not sent (`SMFIP_NO*`).
    public var steps: MilterSteps
    /// The steps whose verdict is heard.
    ///
    /// The others come without waiting for an answer (`SMFIP_NR_*`), so the MTA sends, say, all header fields in one
    /// go. A verdict given there is ignored.
    public var answered: MilterSteps
    /// The modifications that may be made.
    ///
    /// What the MTA does not offer is missing, see ``MilterNegotiation``.
    public var actions: MilterActions
    /// The macros that are wanted with a step.
    ///
    /// Postfix then sends these instead of those of its own configuration; a stage that is not named here stays as
    /// Postfix has it.
    public var macros: [MilterStage: [MilterMacro]]
    /// Whether header field values keep the blank after the colon, as `simple` canonicalization needs.
    public var keepsLeadingSpace: Bool
    /// How long a connection may be silent, in seconds, 1…86400.
    ///
    /// Between DATA and the header Postfix is silent while the client sends the message, so this must exceed the
    /// slowest upload; libmilter's own default is 7,210. The MTA's own time limits for us (`command_timeout` …) are
    /// shorter and set in Postfix.
    public var timeout: Int
    /// The most sessions at a time.
    ///
    /// One more is refused while it negotiates, and Postfix takes its `default_action`.
    ///
    /// A session costs a file descriptor, about 1 kB in libmilter and here, and what its own object keeps. A connection
    /// that has sent half a packet also holds a thread of libmilter (10 kB of it in memory) until ``timeout``, and one
    /// that has not negotiated is not counted here: `RLIMIT_NOFILE` is the limit of those. That must be well above this
    /// number, because libmilter without descriptors spins in `accept`. (Measured with Debian's 8.17.1, 2026-11.)
    public var maximumSessions: Int
    /// The largest packet, in bytes, 65,535…16,777,216.
    ///
    /// libmilter's default of 65,535 would drop the connection at a header field that Postfix lets pass
    /// (`header_size_limit`, 102,400).
    public var maximumPacketSize: Int

    /// A configuration with no modifications and no macros asked for.
    public init(
        name: String, socket: MilterSocket, steps: MilterSteps, answered: MilterSteps, actions: MilterActions = [],
        macros: [MilterStage: [MilterMacro]] = [:], keepsLeadingSpace: Bool = true, timeout: Int = 7210,
        maximumSessions: Int = 4096, maximumPacketSize: Int = 1 << 20
    ) {
        self.name = name
        self.socket = socket
        self.steps = steps
        self.answered = answered
        self.actions = actions
        self.macros = macros
        self.keepsLeadingSpace = keepsLeadingSpace
        self.timeout = timeout
        self.maximumSessions = maximumSessions
        self.maximumPacketSize = maximumPacketSize
    }
}
