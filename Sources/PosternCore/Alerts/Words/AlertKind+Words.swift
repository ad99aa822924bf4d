// SPDX-License-Identifier: Apache-2.0

extension AlertKind {
    /// What happened, in one line; `subject` is harmless already.
    func title(_ subject: String) -> String {
        switch self {
        case .listingSlowed: "\(subject) throttles this server"
        case .listingOpened: "\(subject) refuses this server's address"
        case .listingOpenedAgain: "\(subject) refuses this server's address again"
        case .listingCodeChanged: "\(subject) refuses by another code now"
        case .probeRefused: "\(subject) refused a probe"
        case .probeAccepted: "\(subject) took a probe"
        case .probesUnanswered: "probes to \(subject): the mail log told nothing of them"
        case .listingReopening: "\(subject) takes mail again; it is let out step by step"
        case .listingClosed: "\(subject): mail flows as before"
        case .waitingLong: "mail for \(subject) has waited for hours"
        case .expiryNear: "mail for \(subject) will soon be returned to its senders"
        case .unclassifiedRefusals: "\(subject) refuses much in unknown words"
        case .senderLimited: "\(subject) is over a limit"
        case .senderHeld: "\(subject) is over a limit; its mail is held"
        case .tripwire: "\(subject) behaves like a stolen account"
        case .logBlind: "blind: mail passes, and \(subject) tells nothing of it"
        case .logUnreadable: "blind: the mail log (\(subject)) cannot be read"
        case .logSeen: "the mail log (\(subject)) is read again"
        case .logLinesDropped: "journald dropped lines of Postfix"
        case .authenticationRefused: "signed mail of \(subject) is refused now"
        case .signingFailed: "mail of \(subject) cannot be signed"
        case .configurationRefused: "the configuration was not put in force"
        case .ledgerTrouble: "the ledger has trouble"
        case .routesTrouble: "the table of routes cannot be written"
        case .checkFound: "the nightly check found a new problem: \(subject)"
        case .checkCleared: "the nightly check finds no problem any more"
        case .test: "a test; nothing is wrong"
        }
    }

    /// What Postern does now; the second text where it only observes.
    func doing(isActedOn: Bool) -> String {
        switch self {
        case .listingSlowed where isActedOn:
            "It keeps this provider's mail in Postfix's queue and lets it out slowly."
        case .listingOpened where isActedOn, .listingOpenedAgain where isActedOn, .listingCodeChanged where isActedOn:
            "It keeps this provider's mail in Postfix's queue, lets one message through now and then to see, and lets "
                + "the rest follow once it is taken. Nothing is returned to senders before Postfix's own time is over. "
                + "All other mail flows."
        case .listingSlowed, .listingOpened, .listingOpenedAgain, .listingCodeChanged:
            "Nothing: it only observes listings (modes.listings). Postfix goes on trying, and mail that is refused "
                + "with a 5xx is returned to its senders."
        case .probeRefused: "It waits, and tries again later."
        case .probeAccepted: "It lets more through, one by one, before it opens."
        case .probesUnanswered:
            "It keeps the mail, and cannot know whether it would be taken: see whether the mail log is read."
        case .listingReopening: "It lets waiting mail out, few a minute and then more; a new refusal stops it."
        case .listingClosed: "Nothing more: the listing is over for it."
        case .waitingLong: "It goes on to keep the mail and to try one message now and then."
        case .expiryNear: "Nothing: Postfix returns mail that is older than maximal_queue_lifetime."
        case .unclassifiedRefusals:
            "Nothing: it pauses a provider only for words that it knows. Mail goes on as Postfix alone would treat it."
        case .senderLimited where isActedOn:
            "It refuses or puts off what is over the limit, until the rate is met again."
        case .senderHeld where isActedOn:
            "It has Postfix keep what is over the limit in the hold queue, until you free it."
        case .tripwire where isActedOn: "It has Postfix keep this sender's mail in the hold queue, until you free it."
        case .senderLimited, .senderHeld, .tripwire: "Nothing: it only observes (modes.limits), and the mail passes."
        case .logBlind, .logUnreadable:
            "It signs and limits as before. It opens no new pause, because it sees no refusals; pauses that run go on."
        case .logSeen: "It reads on from where it stopped."
        case .logLinesDropped: "It goes on with what it was given; refusals among the lost lines are not known."
        case .authenticationRefused: "It goes on signing with the same key."
        case .signingFailed: "What it was configured to (signing.on-failure): mail goes unsigned, or is put off."
        case .configurationRefused: "It goes on with the configuration that was in force."
        case .ledgerTrouble: "It goes on from memory; signing, limits and pauses need no ledger."
        case .routesTrouble:
            "A pause that is not renewed ends with its lease, and Postfix tries as if we were not there."
        case .checkFound: "Nothing: records, names and wiring are yours to put right. It looks again tomorrow night."
        case .checkCleared: "It looks again every night."
        case .test: "It has shown that this way to you is open."
        }
    }

    /// What can be done next, with commands that can be pasted; `subject` as it came.
    func steps(_ subject: String) -> [AlertStep] {
        let quoted = PlainText.shellWord(subject)
        // A line of mail has 998 bytes at most (RFC 5322 §2.1.1), and nobody pastes such a name.
        let word = quoted.utf8.count > 300 ? "NAME" : quoted
        let rejections = AlertStep(
            "What it refused, whose mail that was, and why:", "postern rejections --since 24h --provider \(word)")
        let ofSender = AlertStep("What became of its mail:", "postern rejections --since 24h --sender \(word)")
        let log = AlertStep("What Postern said:", "journalctl -u postern -n 100")
        let listings = AlertStep("How it stands, what waits and when the next probe is:", "postern listings")
        switch self {
        case .listingSlowed, .listingOpened, .listingOpenedAgain, .listingCodeChanged:
            return [
                rejections, listings,
                AlertStep(
                    "What the reply means, and where to ask for delisting: paste the reply into", "postern explain"),
                AlertStep("Stop whoever caused it first: a delisting does not last while the same mail goes on."),
            ]
        case .probeRefused, .probeAccepted, .listingReopening, .listingClosed: return [listings, rejections]
        case .probesUnanswered, .logBlind, .logUnreadable, .logSeen, .logLinesDropped:
            return [
                AlertStep("How the log is read:", "postern status"),
                AlertStep("Where Postfix logs; empty is syslog or the journal:", "postconf maillog_file"), log,
            ]
        case .waitingLong, .expiryNear:
            return [
                AlertStep("What waits:", "postqueue -p"),
                AlertStep("For how long Postfix keeps mail:", "postconf maximal_queue_lifetime"), rejections,
            ]
        case .unclassifiedRefusals:
            return [
                AlertStep(
                    "Read the words yourself:", "postern rejections --since 24h --class other --provider \(word)")
            ]
        case .senderLimited: return [ofSender]
        case .senderHeld, .tripwire:
            return [
                ofSender, AlertStep("What is held of it:", "postern held --sender \(word)"),
                AlertStep(
                    "If the account is stolen: change its password, then delete what it sent:",
                    "postern drop --sender \(word)"),
                AlertStep("If the mail is wanted, let it go:", "postern free --sender \(word)"),
            ]
        case .authenticationRefused:
            return [AlertStep("Whether DNS still has the keys:", "postern dkim show \(word)")]
        case .signingFailed: return [AlertStep("The keys:", "postern dkim list"), log]
        case .configurationRefused: return [AlertStep("What is wrong, by line:", "postern config check")]
        case .ledgerTrouble, .routesTrouble:
            return [log, AlertStep("Whether the disk is full:", "df -h /var/lib/postern")]
        case .checkFound, .checkCleared:
            return [AlertStep("What is amiss, why it matters, and what puts it right:", "postern check")]
        case .test: return []
        }
    }
}
