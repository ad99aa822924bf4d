// SPDX-License-Identifier: Apache-2.0

/// The bytes of a policy request as Postfix 3.7 sends one at RCPT, for any of ten million logins and any message.
struct PolicyRequestBytes {
    private(set) var bytes: [UInt8]
    private let loginPlaces: [Int]
    private let instancePlace: Int

    private static let loginDigits = 7
    private static let instanceDigits = 12

    init() {
        let login = String(repeating: "#", count: Self.loginDigits)
        let instance = String(repeating: "%", count: Self.instanceDigits)
        bytes = Array(
            """
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
            sender=u\(login)@example.com
            recipient=bob@example.org
            recipient_count=0
            queue_id=
            instance=52dd.\(instance).0
            size=2345
            etrn_domain=
            stress=
            sasl_method=PLAIN
            sasl_username=u\(login)@example.com
            sasl_sender=
            ccert_subject=
            ccert_issuer=
            ccert_fingerprint=
            ccert_pubkey_fingerprint=
            encryption_protocol=TLSv1.3
            encryption_cipher=TLS_AES_256_GCM_SHA384
            encryption_keysize=256
            policy_context=


            """.utf8)
        let bytes = bytes
        loginPlaces = bytes.indices.filter {
            bytes[$0] == UInt8(ascii: "#") && bytes[$0 - 1] != UInt8(ascii: "#")
        }
        instancePlace = bytes.firstIndex(of: UInt8(ascii: "%")) ?? 0
    }

    /// Makes it a request of that login about that message.
    mutating func set(login: Int, message: Int) {
        for place in loginPlaces { write(login, digits: Self.loginDigits, at: place) }
        write(message, digits: Self.instanceDigits, at: instancePlace)
    }

    private mutating func write(_ number: Int, digits: Int, at place: Int) {
        var rest = number
        for index in (0..<digits).reversed() {
            bytes[place + index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}
