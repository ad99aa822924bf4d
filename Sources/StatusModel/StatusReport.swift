// SPDX-License-Identifier: Apache-2.0

/// What `GET /v1/status` answers: how the daemon is, in one look.
public struct StatusReport: Codable, Hashable, Sendable {
    /// What the signer did since the daemon started.
    public struct Signing: Codable, Hashable, Sendable {
        /// The mode in force: off, observe or enforce.
        public var mode: String
        /// Messages that left signed.
        public var signed: Int
        /// Messages that left unsigned, by reason; reasons that never occurred are left out.
        public var unsigned: [String: Int]
        /// Signatures made, by `selector._domainkey.domain`.
        public var signatures: [String: Int]

        /// The signer's figures.
        public init(mode: String, signed: Int = 0, unsigned: [String: Int] = [:], signatures: [String: Int] = [:]) {
            self.mode = mode
            self.signed = signed
            self.unsigned = unsigned
            self.signatures = signatures
        }
    }

    /// What the limits did since the daemon started.
    public struct Limits: Codable, Hashable, Sendable {
        /// The mode in force: off, observe or enforce.
        public var mode: String
        /// Messages that passed over a limit that only observes.
        public var observed: Int
        /// Messages accepted into the hold queue.
        public var held: Int
        /// Recipients refused.
        public var refusedRecipients: Int
        /// Messages refused as a whole.
        public var refusedMessages: Int

        /// The limits' figures.
        public init(
            mode: String, observed: Int = 0, held: Int = 0, refusedRecipients: Int = 0, refusedMessages: Int = 0
        ) {
            self.mode = mode
            self.observed = observed
            self.held = held
            self.refusedRecipients = refusedRecipients
            self.refusedMessages = refusedMessages
        }
    }

    /// What Postfix's policy clients asked since the daemon started.
    public struct PolicyService: Codable, Hashable, Sendable {
        /// Requests answered.
        public var requests: Int
        /// Of those, such as were no request of smtpd(8).
        public var unreadable: Int
        /// Connections closed because the peer sent nonsense.
        public var faults: Int
        /// Connections closed because there were too many.
        public var turnedAway: Int

        /// The policy service's figures.
        public init(requests: Int = 0, unreadable: Int = 0, faults: Int = 0, turnedAway: Int = 0) {
            self.requests = requests
            self.unreadable = unreadable
            self.faults = faults
            self.turnedAway = turnedAway
        }
    }

    /// Name and version of the program.
    public var version: String
    /// The daemon's process.
    public var pid: Int32
    /// Seconds since it started.
    public var uptime: Int
    /// What the signer did.
    public var signing: Signing
    /// What the limits did.
    public var limits: Limits
    /// What the policy service was asked; `nil` where none is configured.
    public var policy: PolicyService?
    /// How the mail log is being read; `nil` where it is not.
    public var mailLog: MailLogReport?

    /// A report of its parts.
    public init(
        version: String, pid: Int32, uptime: Int, signing: Signing, limits: Limits,
        policy: PolicyService? = nil, mailLog: MailLogReport? = nil
    ) {
        self.version = version
        self.pid = pid
        self.uptime = uptime
        self.signing = signing
        self.limits = limits
        self.policy = policy
        self.mailLog = mailLog
    }
}
