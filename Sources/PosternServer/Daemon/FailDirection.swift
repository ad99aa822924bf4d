// SPDX-License-Identifier: Apache-2.0
internal import Milter

/// What Postfix sees when a part of ours cannot do its work: the one place that decides it.
///
/// | cannot … | Postfix sees | decided by |
/// |---|---|---|
/// | run at all | mail flows unsigned and unlimited | `default_action=accept` in main.cf: not ours to say |
/// | sign for a domain that has a key | as configured: accept unsigned, or a 4xx | ``signing(_:of:)`` |
/// | hold what is over a limit | accept, loudly | `MailService.limitsSay` |
/// | answer a policy request | mail flows unlimited | `default_action=DUNNO` in main.cf; what cannot be read gets DUNNO |
/// | hold more of one sender (`held-at-most`) | 450 for SMTP; mail of sendmail(1) is held all the same | `MailService.limitsSay` |
/// | write limits.db | nothing | `LimitKeeper`: limits go on from memory, and that is said once a minute |
/// | write routes.db | the old routes, until their lease ends | `ListingDesk.publish` says so, and tries again each second |
/// | write the ledger | nothing | the ledger goes on from memory and says so |
/// | read the mail log | nothing | `MailLogWatch` says "blind since" |
enum FailDirection {
    /// A message that should be signed could not be.
    ///
    /// Never a 4xx for mail of sendmail(1): it would stay in Postfix's maildrop and come again every minute, for ever.
    static func signing(_ choice: SigningSettings.Failure, of origin: Origin) -> MilterVerdict {
        switch (choice, origin) {
        case (.accept, _), (.tempfail, .sendmail): .accept
        case (.tempfail, .smtp):
            .reply(MilterReply(.temporary, code: 51, subject: 7, detail: 5, "cannot be signed now, try again later"))
        }
    }
}
