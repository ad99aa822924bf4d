// SPDX-License-Identifier: Apache-2.0
public import Milter
public import Settings

/// Where Postfix's policy clients find us, and whether the limits act there.
public struct PolicySettings: Hashable, Sendable {
    /// The one place at which mail by SMTP is counted.
    ///
    /// Mail of sendmail(1) is counted at the milter always: it meets no policy service.
    public enum LimitPlace: String, CaseIterable, Sendable {
        /// The milter; the policy service has then nothing to say.
        case milter
        /// The policy service; the milter signs only.
        case policy
    }

    /// The socket; `nil` where there is no policy service.
    public var socket: MilterSocket?
    /// Where the limits act.
    public var limitsAt: LimitPlace

    /// Reads `[policy]`.
    public init(_ section: Section) {
        socket = section.optional(
            "socket", .milterSocket, example: .unix(path: "/var/spool/postfix/postern/policy"),
            help: "Where check_policy_service points; without it there is no policy service. Write it in main.cf as "
                + "{ unix:postern/policy, default_action=DUNNO, timeout=5s }, so that mail flows when we are not there. "
                + "Needs a restart.")
        limitsAt = section.value(
            "limits-at", .choice, default: .milter,
            help: "Where mail by SMTP is counted: at the milter, or where check_policy_service stands. Over the policy "
                + "protocol nothing is given back for a message that its client gives up or Postfix refuses later, and "
                + "a message is not refused whole at RCPT. The milter counts mail of sendmail in both cases.")
        if limitsAt == .policy, socket == nil {
            section.complain(
                "is \"policy\", but there is no policy service", advice: "set socket, and restart", at: "limits-at")
        }
    }
}
