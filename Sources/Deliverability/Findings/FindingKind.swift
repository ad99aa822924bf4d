// SPDX-License-Identifier: Apache-2.0

/// The kinds of fault that a check finds; the raw values are stable identifiers.
public enum FindingKind: String, Hashable, Sendable, Codable, CaseIterable {
    // MARK: The DNS as a whole

    /// No question was answered, so nothing else was asked.
    case dnsSilent = "dns-silent"
    /// One name could not be asked for.
    case lookupFailed = "lookup-failed"

    // MARK: A sending address

    /// It is not known which address mail leaves from.
    case addressUnknown = "address-unknown"
    /// It has no name (PTR).
    case addressNameless = "address-nameless"
    /// None of its names leads back to it.
    case addressUnconfirmed = "address-unconfirmed"
    /// The HELO name cannot be a host's.
    case heloNoName = "helo-no-name"
    /// The HELO name has no address.
    case heloNowhere = "helo-nowhere"
    /// The HELO name leads to other addresses than those that mail leaves from.
    case heloElsewhere = "helo-elsewhere"
    /// The HELO name's own SPF record refuses our address.
    case heloRefused = "helo-refused"
    /// A list of bad addresses holds ours.
    case blocklisted = "blocklisted"

    // MARK: A domain

    /// It has no mail exchanger.
    case mxMissing = "mx-missing"
    /// It says that it takes no mail.
    case mxNull = "mx-null"
    /// A mail exchanger has no address.
    case mxNowhere = "mx-nowhere"
    /// It has no SPF record.
    case spfMissing = "spf-missing"
    /// It has more than one.
    case spfSeveral = "spf-several"
    /// Its SPF record is wrong or needs too much.
    case spfBroken = "spf-broken"
    /// Its SPF record does not let an address of ours pass.
    case spfRefuses = "spf-refuses"
    /// Its SPF record lets everybody pass.
    case spfOpen = "spf-open"
    /// Its SPF record does not let a backup relay pass.
    case spfRefusesRelay = "spf-refuses-relay"
    /// A key is not published.
    case dkimMissing = "dkim-missing"
    /// A key's name has more than one record.
    case dkimSeveral = "dkim-several"
    /// What is published is another key.
    case dkimDiffers = "dkim-differs"
    /// What is published is the withdrawal of the key.
    case dkimRevoked = "dkim-revoked"
    /// What is published cannot be read as a key, or is not for such signatures.
    case dkimUnusable = "dkim-unusable"
    /// The record says that the key is only tested.
    case dkimTesting = "dkim-testing"
    /// It has no DMARC record.
    case dmarcMissing = "dmarc-missing"
    /// It has more than one.
    case dmarcSeveral = "dmarc-several"
    /// Its DMARC record is wrong.
    case dmarcBroken = "dmarc-broken"
    /// Its DMARC record asks for no reports.
    case dmarcReportless = "dmarc-reportless"
    /// The reports go to a domain that has not agreed.
    case dmarcReportsRefused = "dmarc-reports-refused"
    /// It wants exact alignment, and subdomains are signed by it.
    case dmarcUnaligned = "dmarc-unaligned"
    /// Microsoft wants SPF, DKIM and DMARC of those who send so much, and one is amiss.
    case microsoftVolume = "microsoft-volume"

    // MARK: Postfix and Postern

    /// Postfix does not tell us of its mail.
    case milterUnwired = "milter-unwired"
    /// While we are away, Postfix refuses mail.
    case milterFailsClosed = "milter-fails-closed"
    /// Refusals of our address are not kept from bouncing.
    case filterMissing = "filter-missing"
    /// Another table stands in the place of ours.
    case filterForeign = "filter-foreign"
    /// The table is older than the reply rules.
    case filterStale = "filter-stale"
    /// Postfix does not read our routes.
    case routesUnwired = "routes-unwired"
    /// Another server carries the mail, so no provider can be paused.
    case relayhostCarries = "relayhost-carries"
    /// Senders are not told that their mail waits.
    case delayUntold = "delay-untold"
    /// Postfix breaks long lines after we have signed.
    case longLinesBroken = "long-lines-broken"
    /// Postfix re-codes 8-bit mail after we have signed.
    case eightBitRecoded = "eight-bit-recoded"
    /// Postfix's configuration could not be read.
    case postfixUnread = "postfix-unread"
    /// Others than root can change a file that decides what we do.
    case fileWritable = "file-writable"
    /// The daemon does not answer.
    case daemonSilent = "daemon-silent"
    /// The daemon cannot see what becomes of mail.
    case logBlind = "log-blind"
}
