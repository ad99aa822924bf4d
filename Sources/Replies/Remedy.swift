// SPDX-License-Identifier: Apache-2.0

/// What a postmaster can do about one kind of refusal.
public struct Remedy: Hashable, Sendable {
    /// The key by which rules name it.
    public let name: String
    /// Why such a refusal comes, in a sentence or two.
    public let cause: String
    /// Whether waiting alone ends it.
    public let waiting: Waiting
    /// What to do, in the order to do it.
    public let steps: [String]
    /// The form, page or address to turn to; `nil` if there is nobody to ask.
    public let form: String?
    /// What that form will ask for.
    public let asks: [String]
    /// Where to turn besides, in this order, if the form does not help.
    public let next: [Place]
    /// What to do if the form says that nothing is blocked, though mail is refused; `nil` where that is not known to happen.
    public let ifNotListed: String?
    /// The words of a refusal that comes by itself and that a reply takes to a person; `nil` where none is known.
    public let denial: String?
    /// How long it usually takes, as somebody who knows has stated it; `nil` if nobody has.
    public let usualTime: String?
    /// Where these facts are published.
    public let source: String

    /// A remedy of its parts.
    public init(
        name: String, cause: String, waiting: Waiting, steps: [String] = [], form: String? = nil, asks: [String] = [],
        next: [Place] = [], ifNotListed: String? = nil, denial: String? = nil, usualTime: String? = nil, source: String
    ) {
        self.name = name
        self.cause = cause
        self.waiting = waiting
        self.steps = steps
        self.form = form
        self.asks = asks
        self.next = next
        self.ifNotListed = ifNotListed
        self.denial = denial
        self.usualTime = usualTime
        self.source = source
    }

    /// Another form, page or address.
    public struct Place: Hashable, Sendable {
        /// The page, or the address after `mailto:`.
        public let form: String
        /// When to turn there.
        public let when: String

        /// A place.
        public init(form: String, when: String) {
            self.form = form
            self.when = when
        }
    }

    /// Whether waiting alone ends a refusal.
    public enum Waiting: String, Hashable, Sendable, CaseIterable {
        /// It goes away by itself if we send less, or nothing.
        case helps
        /// It may; ask, if it lasts.
        case sometimes
        /// It stays until the cause is gone or somebody has been asked.
        case doesNotHelp = "does-not-help"
    }
}
