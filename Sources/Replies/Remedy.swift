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
    /// How long it usually takes, as somebody who knows has stated it; `nil` if nobody has.
    public let usualTime: String?
    /// Where these facts are published.
    public let source: String

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
