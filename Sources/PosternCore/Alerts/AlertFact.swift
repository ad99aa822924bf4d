// SPDX-License-Identifier: Apache-2.0

/// One thing known about an alert, as a value; how it is written is for ``AlertWords`` to say.
public struct AlertFact: Hashable, Sendable, Codable {
    /// What is known; the raw values are the stable keys of the JSON that a command gets.
    public enum Name: String, Hashable, Sendable, Codable, CaseIterable {
        /// The code that a provider's reply names, such as `S3150`.
        case code
        /// The code before, where it has changed.
        case formerCode = "former-code"
        /// The address of ours that a reply names.
        case address
        /// The message that was let through.
        case queueID = "queue-id"
        /// When the next message is let through to see.
        case nextProbe = "next-probe"
        /// How many messages wait.
        case waiting
        /// Since when the oldest of them waits.
        case oldest
        /// When the first of them is returned to its sender.
        case expires
        /// How many refusals there were.
        case refusals
        /// Of how many replies.
        case replies
        /// When mail passed last.
        case lastPassed = "last-passed"
        /// The limit that is passed.
        case limit
        /// Which rule it is.
        case rule
        /// What was found, or why something failed.
        case reason
        /// How many findings there are.
        case findings
        /// How many were lost.
        case dropped
    }

    /// The value.
    public enum Value: Hashable, Sendable, Codable {
        /// Text; it may be worded by others.
        case text(String)
        /// A number of things.
        case count(Int)
        /// A point of time.
        case moment(Moment)
    }

    /// What is known.
    public var name: Name
    /// The value.
    public var value: Value

    /// Texts are cut to so many characters.
    public static let longestText = 200

    /// A fact; a long text is cut.
    public init(_ name: Name, _ value: Value) {
        self.name = name
        if case .text(let text) = value {
            self.value = .text(String(text.prefix(Self.longestText)))
        } else {
            self.value = value
        }
    }
}
