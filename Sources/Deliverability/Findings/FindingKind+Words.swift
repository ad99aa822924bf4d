// SPDX-License-Identifier: Apache-2.0

extension FindingKind {
    /// How grave it is.
    public var severity: Finding.Severity {
        switch self {
        case .spfRefusesRelay, .dkimTesting, .dmarcMissing, .dmarcReportless, .dmarcReportsRefused, .relayhostCarries,
            .delayUntold, .longLinesBroken, .eightBitRecoded, .addressUnknown, .milterFailsClosed:
            .advice
        case .dnsSilent, .lookupFailed, .addressNameless, .addressUnconfirmed, .heloNoName, .heloNowhere,
            .heloElsewhere, .heloRefused, .blocklisted, .mxMissing, .mxNull, .mxNowhere, .spfMissing, .spfSeveral,
            .spfBroken, .spfRefuses, .spfOpen, .dkimMissing, .dkimSeveral, .dkimDiffers, .dkimRevoked, .dkimUnusable,
            .dmarcSeveral, .dmarcBroken, .dmarcUnaligned, .microsoftVolume, .milterUnwired, .filterMissing,
            .filterForeign, .filterStale, .routesUnwired, .postfixUnread, .fileWritable, .daemonSilent, .logBlind:
            .problem
        }
    }

    /// Why it matters.
    public var why: String {
        switch self {
        case .dnsSilent:
            "Without the DNS nothing can be said of records, names and lists, and Postfix delivers no mail."
        case .lookupFailed: "Receivers that get no answer either put mail off, or take the record for missing."
        case .addressUnknown: "Names, SPF and lists are about the address that receivers see."
        case .addressNameless: "Many receivers refuse addresses without a name; Gmail refuses all of them over IPv6."
        case .addressUnconfirmed:
            "Anybody can give an address any name; receivers believe one only if it leads back to the address."
        case .heloNoName, .heloNowhere, .heloElsewhere:
            "RFC 5321 §4.1.1.1 asks for the host's own name in HELO, and receivers compare it with the address."
        case .heloRefused: "Bounces and notices have no sender, so their SPF is that of the HELO name (RFC 7208 §2.4)."
        case .blocklisted: "Receivers that ask this list refuse our mail, or take it for spam."
        case .mxMissing, .mxNull, .mxNowhere:
            "Answers and bounces have nowhere to go, and many receivers refuse mail of a domain that takes none."
        case .spfMissing: "Without SPF, Gmail, Yahoo and Microsoft put off or refuse mail; bounces have no other proof."
        case .spfSeveral, .spfBroken: "To receivers this is an error for good: the domain then passes for no address."
        case .spfRefuses: "To receivers our own mail is forged; what DKIM does not save is refused or spam."
        case .spfOpen: "Whoever forges the domain passes, and receivers take that for the mark of a spammer."
        case .spfRefusesRelay: "While a provider lists us its mail goes that way, and would fail there."
        case .dkimMissing, .dkimSeveral, .dkimDiffers, .dkimRevoked, .dkimUnusable:
            "Every signature by this key fails, which is worse than none."
        case .dkimTesting: "Receivers may take the signature for none (RFC 6376 §3.6.1)."
        case .dmarcMissing: "Gmail, Yahoo and Microsoft want a record of who sends them much; p=none is enough."
        case .dmarcSeveral, .dmarcBroken: "Receivers take a wrong record for none (RFC 7489 §6.6.3)."
        case .dmarcReportless: "Reports are how one learns who else sends in the domain's name, and what fails."
        case .dmarcReportsRefused:
            "Receivers send no reports to a domain that has not said it wants them (RFC 7489 §7.1)."
        case .dmarcUnaligned: "Mail of subdomains then fails DMARC, for its signature is the parent's."
        case .microsoftVolume:
            "Since May 2025, outlook.com refuses those who send 5,000 a day without SPF, DKIM and DMARC (550 5.7.515)."
        case .milterUnwired: "What Postfix does not show us is neither signed nor limited."
        case .milterFailsClosed: "While the daemon is away or starts anew, mail is put off instead of passing unsigned."
        case .filterMissing, .filterForeign, .filterStale:
            "A refusal of our address that ends in a bounce cannot be taken back; the table keeps such mail waiting."
        case .routesUnwired: "Pauses are decided, and Postfix does not hear of them."
        case .relayhostCarries: "The address that providers see is another host's, so listings are only told of."
        case .delayUntold: "While a provider is paused mail may wait for hours, and its senders hear nothing."
        case .longLinesBroken: "A line broken after signing makes the signature fail."
        case .eightBitRecoded: "Mail re-coded after signing, for a host without 8BITMIME, fails its signature."
        case .postfixUnread: "What Postfix really does cannot be compared with what it should do."
        case .fileWritable: "Who can change it decides what is signed, held and run."
        case .daemonSilent: "While it is away mail passes unsigned and unlimited."
        case .logBlind: "Without the log no listing is noticed and no pause begins."
        }
    }
}
