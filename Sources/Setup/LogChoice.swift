// SPDX-License-Identifier: Apache-2.0
internal import PostfixTools

/// Where Postfix's log is to be read on a host.
public struct LogChoice: Hashable, Sendable {
    /// What `mail-log.source` of the configuration takes: `journal`, `none`, or a path.
    public var source: String
    /// What the administrator should know of it.
    public var advice: String

    /// Chooses: a log of Postfix's own before the journal, the journal before syslog's file.
    ///
    /// A local user can forge lines of a file that syslog writes, but not the journal's trusted fields.
    public init(for site: PostfixSite) {
        let own = site.values["maillog_file"] ?? ""
        if own.hasPrefix("/"), own != "/dev/stdout" {
            source = own
            advice =
                "Postfix writes \(own) itself (maillog_file), with mode 0600 after each `postfix logrotate`: have what "
                + "rotates it give it to group adm, mode 0640."
        } else if site.host.hasJournal {
            source = "journal"
            advice =
                "journald drops lines beyond 10,000 in 30 s of one unit; for a busy host set RateLimitIntervalSec=0 in "
                + "/etc/systemd/journald.conf.d, or for postfix@-.service alone LogRateLimitIntervalSec=0."
        } else if site.host.hasMailLog {
            source = "/var/log/mail.log"
            advice = "any local user can write lines into /var/log/mail.log with logger(1)."
        } else {
            source = "none"
            advice =
                "there is neither a journal nor /var/log/mail.log: without a log nobody knows of listings, nor which user "
                + "has called sendmail. Set mail-log.source when there is one."
        }
    }
}
