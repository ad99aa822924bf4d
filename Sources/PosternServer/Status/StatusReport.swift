// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

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
}

extension StatusReport {
    init(_ mail: MailService, _ mailLog: MailLogWatch?, uptime: Duration) {
        self.mailLog = mailLog?.report
        version = Version.text
        pid = processID
        self.uptime = Int(uptime.components.seconds)
        let unsigned = mail.counters.unsignedByReason.filter { $0.value > 0 }
        signing = Signing(
            mode: mail.policy.modes.signing.rawValue, signed: mail.counters.signed.value,
            unsigned: Dictionary(uniqueKeysWithValues: unsigned.map { ($0.key.rawValue, $0.value) }),
            signatures: mail.counters.signaturesByKey)
        limits = Limits(
            mode: mail.policy.modes.limits.rawValue, observed: mail.limitCounters.observed.value,
            held: mail.limitCounters.held.value, refusedRecipients: mail.limitCounters.refusedRecipients.value,
            refusedMessages: mail.limitCounters.refusedMessages.value)
        guard mail.policy.hasPolicyService else { return }
        policy = PolicyService(
            requests: mail.policyCounters.requests.value, unreadable: mail.policyCounters.unreadable.value,
            faults: mail.policyCounters.faults.value, turnedAway: mail.policyCounters.turnedAway.value)
    }
}
