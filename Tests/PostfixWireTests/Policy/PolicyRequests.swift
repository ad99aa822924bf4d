// SPDX-License-Identifier: Apache-2.0
import PostfixWire

/// Requests as Postfix 3.7.11 sends them, and what a decoder makes of bytes.
enum PolicyRequests {
    /// The first recipient of a message by a login.
    static let firstRecipient = """
        request=smtpd_access_policy
        protocol_state=RCPT
        protocol_name=ESMTP
        client_address=192.0.2.7
        client_name=host.example.net
        client_port=44262
        reverse_client_name=host.example.net
        server_address=192.0.2.1
        server_port=587
        helo_name=laptop
        sender=alice@example.com
        recipient=bob@example.org
        recipient_count=0
        queue_id=
        instance=52dd.6b04fbfe.6892f.0
        size=0
        etrn_domain=
        stress=
        sasl_method=PLAIN
        sasl_username=alice
        sasl_sender=
        ccert_subject=
        encryption_protocol=TLSv1.3
        policy_context=ORIGINATING


        """
    /// DATA of a message to two.
    static let data = """
        request=smtpd_access_policy
        protocol_state=DATA
        client_address=192.0.2.7
        client_port=44262
        sender=
        recipient=
        recipient_count=2
        queue_id=6A8F8F8807F
        instance=52dd.6b04fbfe.6892f.0
        sasl_username=alice=x@example.com


        """

    /// Everything that a decoder makes of bytes that come in these pieces, up to a fault.
    static func decoded(_ pieces: [ArraySlice<UInt8>]) -> (requests: [PolicyRequest], fault: PolicyFault?) {
        var decoder = PolicyRequestDecoder()
        var requests: [PolicyRequest] = []
        for piece in pieces {
            let bytes = Array(piece)
            var start = 0
            while start < bytes.count {
                do throws(PolicyFault) {
                    let (taken, request) = try decoder.take(bytes.span.extracting(start...))
                    if let request { requests.append(request) }
                    start += taken
                } catch {
                    return (requests, error)
                }
            }
        }
        return (requests, nil)
    }

    /// What comes in one piece.
    static func decoded(_ text: String) -> (requests: [PolicyRequest], fault: PolicyFault?) {
        decoded([Array(text.utf8)[...]])
    }
}
