// SPDX-License-Identifier: Apache-2.0
import Logging
import PostfixWire
import PosternCore

@testable import PosternServer

/// What the tests of the policy service have in common.
enum PolicyWorld {
    /// Limits of logins that act at the policy service.
    static func limits(
        in directory: ScratchDirectory, rates: String, over: String = "hold", more: String = "",
        at place: String = "policy",
        mode: String = "enforce"
    ) throws -> PolicyLimits {
        PolicyLimits(
            try mail(in: directory, rates: rates, over: over, more: more, at: place, mode: mode))
    }

    /// A mail service of that configuration.
    static func mail(
        in directory: ScratchDirectory, rates: String, over: String = "hold", more: String = "",
        at place: String = "policy",
        mode: String = "enforce"
    ) throws -> MailService {
        MailService(
            try configuration(in: directory, rates: rates, over: over, more: more, at: place, mode: mode),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { Moment(seconds: 0) })
    }

    static func configuration(
        in directory: ScratchDirectory, rates: String, over: String = "hold", more: String = "",
        at place: String = "policy",
        mode: String = "enforce"
    ) throws -> Configuration {
        try Configuration.load(
            try directory.write(
                """
                [modes]
                limits = "\(mode)"
                [senders]
                hosted-domains = ["example.com"]
                [policy]
                socket = "unix:/nowhere"
                limits-at = "\(place)"
                [[limit]]
                senders = "login"
                rates = ["\(rates)"]
                over = "\(over)"
                \(more)
                """.utf8, to: "policy.toml"))
    }

    /// A request as Postfix sends it.
    static func request(
        _ state: String, instance: String, recipient: String = "bob@example.org", login: String = "alice",
        count: Int = 0
    ) -> String {
        """
        request=smtpd_access_policy
        protocol_state=\(state)
        client_address=192.0.2.7
        client_port=44262
        sender=alice@example.com
        recipient=\(recipient)
        recipient_count=\(count)
        instance=\(instance)
        sasl_username=\(login)


        """
    }

    /// The same, decoded.
    static func asked(
        _ stage: PolicyRequest.Stage, instance: String, recipient: String = "bob@example.org", login: String = "alice",
        count: UInt32 = 0
    ) -> PolicyRequest {
        var request = PolicyRequest()
        request.isReadable = true
        request.stage = stage
        request.instance = instance
        request.clientAddress = "192.0.2.7"
        request.sender = "alice@example.com"
        request.recipient = recipient
        request.recipientCount = count
        request.login = login
        return request
    }
}
