// SPDX-License-Identifier: Apache-2.0

extension PolicyRequest {
    /// An attribute that is read; all others are passed over.
    enum Attribute: UInt16 {
        case request
        case protocolState
        case instance
        case queueID
        case clientAddress
        case clientPort
        case login
        case sender
        case recipient
        case recipientCount
        case context

        /// A bit of its own.
        var bit: UInt16 { 1 << rawValue }

        /// The attribute of that name, if it is one of ours: asked for each of some thirty lines of a request.
        init?(name: Span<UInt8>) {
            switch name.count {
            case 6 where name.has("sender", at: 0): self = .sender
            case 7 where name.has("request", at: 0): self = .request
            case 8 where name.has("instance", at: 0): self = .instance
            case 8 where name.has("queue_id", at: 0): self = .queueID
            case 9 where name.has("recipient", at: 0): self = .recipient
            case 11 where name.has("client_port", at: 0): self = .clientPort
            case 13 where name.has("sasl_username", at: 0): self = .login
            case 14 where name.has("protocol_state", at: 0): self = .protocolState
            case 14 where name.has("client_address", at: 0): self = .clientAddress
            case 14 where name.has("policy_context", at: 0): self = .context
            case 15 where name.has("recipient_count", at: 0): self = .recipientCount
            default: return nil
            }
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
