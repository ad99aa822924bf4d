// SPDX-License-Identifier: Apache-2.0

extension PolicyRequest {
    /// An attribute that is read; all others are passed over.
    enum Attribute: String, CaseIterable {
        case request
        case protocolState = "protocol_state"
        case instance
        case queueID = "queue_id"
        case clientAddress = "client_address"
        case clientPort = "client_port"
        case login = "sasl_username"
        case sender
        case recipient
        case recipientCount = "recipient_count"
        case context = "policy_context"

        /// The attribute of that name, if it is one of ours.
        init?(name: Span<UInt8>) {
            for attribute in Self.allCases where name.spells(attribute.rawValue) {
                self = attribute
                return
            }
            return nil
        }
    }

    /// Takes the value of an attribute; a number that is none is 0.
    mutating func set(_ attribute: Attribute, to text: String) {
        switch attribute {
        case .request: isReadable = text == "smtpd_access_policy"
        case .protocolState: stage = Stage(protocolState: text)
        case .instance: instance = text
        case .queueID: queueID = text
        case .clientAddress: clientAddress = text
        case .clientPort: clientPort = UInt16(text) ?? 0
        case .login: login = text
        case .sender: sender = text
        case .recipient: recipient = text
        case .recipientCount: recipientCount = UInt32(text) ?? 0
        case .context: context = text
        }
    }
}

extension PolicyRequest.Stage {
    /// The stage that Postfix names so.
    init(protocolState: String) {
        switch protocolState {
        case "RCPT": self = .recipient
        case "DATA": self = .data
        case "END-OF-MESSAGE": self = .endOfMessage
        default: self = .other
        }
    }
}

extension Span<UInt8> {
    fileprivate func spells(_ text: String) -> Bool {
        guard count == text.utf8.count else { return false }
        return withUnsafeBufferPointer { $0.elementsEqual(text.utf8) }
    }
}
