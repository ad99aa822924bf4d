// SPDX-License-Identifier: Apache-2.0

/// One of many behind a shared user: a script or an envelope sender under a web server's uid.
///
/// It can be forged, so it serves ranking, and limits that hold *beside* the user's own: never in place of it.
public struct SubSender: Hashable, Sendable {
    /// What tells one from another.
    public enum Mark: Hashable, Sendable {
        /// The script by `X-PHP-Originating-Script`, without the uid that PHP writes before it.
        case script(String)
        /// The envelope sender, lower-cased.
        case envelopeSender(String)
    }

    /// The accountable sender that the mark divides.
    public let sender: Sender
    /// What tells one from another.
    public let mark: Mark

    /// What a local user's message shows of who wrote it; `nil` if the sender is no local user, or nothing is shown.
    /// - Parameters:
    ///   - sender: Who is accountable.
    ///   - originatingScript: The value of `X-PHP-Originating-Script` (php.ini, `mail.add_x_header`), such as `33:form.php`.
    ///   - envelopeSender: Without angle brackets. Asked only where no script is named.
    public init?(of sender: Sender, originatingScript: String?, envelopeSender: String) {
        switch sender {
        case .localUser, .unknownLocalUser: break
        case .login, .client, .forwarder: return nil
        }
        self.sender = sender
        if let script = originatingScript.flatMap(Self.scriptName) {
            mark = .script(script)
        } else if !envelopeSender.isEmpty {
            mark = .envelopeSender(envelopeSender.prefix(Self.longestAddress).lowercased())
        } else {
            return nil
        }
    }

    /// A local part of 64 and a domain of 255 octets (RFC 5321 §4.5.3.1), and the sign between them.
    private static let longestAddress = 320

    private static func scriptName(_ value: String) -> String? {
        var name = Substring(value).drop { $0 == " " || $0 == "\t" }
        let afterDigits = name.drop { $0.isASCII && $0.isWholeNumber }
        if afterDigits.startIndex != name.startIndex, afterDigits.first == ":" { name = afterDigits.dropFirst() }
        while name.last == " " || name.last == "\t" { name.removeLast() }
        // The field is in a stranger's hand: as much of it is kept as a file name may have on Linux.
        return name.isEmpty ? nil : String(name.prefix(255))
    }
}
