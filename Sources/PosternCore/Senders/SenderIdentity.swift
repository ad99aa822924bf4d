// SPDX-License-Identifier: Apache-2.0

/// The answer to who is accountable for a message.
public enum SenderIdentity: Hashable, Sendable {
    /// Somebody submitted the message, and is limited and may be signed for.
    case accountable(Sender, SenderClass)
    /// Mail from outside for a domain of ours: nobody here sent it. Never limited, never signed.
    case outsider
    /// Mail that no limit counts.
    case exempt(Exemption)

    /// Why no limit counts a message.
    public enum Exemption: Hashable, Sendable {
        /// A bounce, delay warning or probe of Postfix itself.
        case postfixNotice
        /// `<>` from a trusted host, without login and without a local user: another mail system's notice.
        case nullSender
        /// What a content filter of this host handed back: it was counted when it first came.
        case reinjected
    }

    /// Who is accountable, if anybody is.
    public var sender: Sender? {
        if case .accountable(let sender, _) = self { sender } else { nil }
    }

    /// Whether a service of this host submits it, as a content filter does that hands mail back.
    public var isService: Bool {
        if case .accountable(.localUser, .systemUser) = self { true } else { false }
    }
}
