// SPDX-License-Identifier: Apache-2.0

/// What people can be told of; the raw values are the stable codes of the JSON that a command gets.
public enum AlertKind: String, Hashable, Sendable, Codable, CaseIterable {
    // MARK: A provider

    /// It throttles our address; its mail is let out slowly.
    case listingSlowed = "listing-slowed"
    /// It refuses our address; its mail waits.
    case listingOpened = "listing-opened"
    /// It refuses our address again, while mail was being let out or within a day after.
    case listingOpenedAgain = "listing-opened-again"
    /// It refuses our address by another code than before.
    case listingCodeChanged = "listing-code-changed"
    /// It refused the one message that was let through to see.
    case probeRefused = "probe-refused"
    /// It took the one message that was let through to see.
    case probeAccepted = "probe-accepted"
    /// The log never told what became of the probes.
    case probesUnanswered = "probes-unanswered"
    /// It takes mail again, which is let out step by step.
    case listingReopening = "listing-reopening"
    /// Its mail flows as before.
    case listingClosed = "listing-closed"
    /// Mail for it has waited for long; raised by ``AlertDesk`` itself.
    case waitingLong = "waiting-long"
    /// Mail in the queue comes near the end of its time, when Postfix returns it.
    case expiryNear = "expiry-near"
    /// It refuses much in words that no reply rule knows.
    case unclassifiedRefusals = "unclassified-refusals"

    // MARK: A sender

    /// A sender is over a limit; its mail is refused or put off, or would be.
    case senderLimited = "sender-limited"
    /// A sender is over a limit, and its mail goes to the hold queue.
    case senderHeld = "sender-held"
    /// A sender behaves like a stolen account.
    case tripwire

    // MARK: Our own sight and health

    /// Mail passes, and the log tells nothing of it.
    case logBlind = "log-blind"
    /// The mail log cannot be opened or read.
    case logUnreadable = "log-unreadable"
    /// The mail log tells again.
    case logSeen = "log-seen"
    /// journald dropped lines of Postfix.
    case logLinesDropped = "log-lines-dropped"
    /// Mail that one of our keys signed passed before, and is refused now for want of authentication.
    case authenticationRefused = "authentication-refused"
    /// A message could not be signed by a key that we have.
    case signingFailed = "signing-failed"
    /// The configuration, or a key that it names, could not be put in force.
    case configurationRefused = "configuration-refused"
    /// The ledger cannot be written or read.
    case ledgerTrouble = "ledger-trouble"
    /// The table of routes cannot be written: a pause ends with its lease.
    case routesTrouble = "routes-trouble"
    /// The nightly check of records, names, lists and wiring found a problem that was not there the night before.
    case checkFound = "check-found"
    /// It finds none any more.
    case checkCleared = "check-cleared"
    /// An operator wants to see that alerts arrive.
    case test
}
