// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What happened, by the words of the daemon that says it.
public enum LogEvent: Sendable {
    /// smtpd: `client=…`. A client's message got its queue ID; the first line of every message that came by SMTP.
    case accepted(AcceptedRecord)
    /// pickup: `uid=33 from=<www-data>`. A local submission, or a message requeued by postsuper(1), got its queue ID.
    case submitted(SubmittedRecord)
    /// cleanup: `message-id=<…>`; the value as in the header, angle brackets included.
    case messageID(LineRange)
    /// qmgr: `from=<…>, size=420, nrcpt=1 (queue active)`, again at every retry.
    case activated(ActivatedRecord)
    /// Any delivery agent: `to=<…>, relay=…, … status=…`. What one attempt for one recipient came to.
    case delivery(DeliveryRecord)
    /// smtp, lmtp: `host H[ip] said: …` without recipient or status: an MX host failed, and another will be tried.
    case earlierReply(RemoteReport)
    /// smtp, lmtp: `connect to H[ip]:25: …`, `lost connection with …`, `conversation with … timed out …`.
    case connectionLost(ConnectionRecord)
    /// bounce: `sender non-delivery notification: QUEUEID`. A notice of this message goes out under that ID.
    case notification(LogNotification, QueueID)
    /// smtpd, cleanup: `reject: RCPT from …`, `milter-reject: …`, `hold: …`. Postfix or a milter decided against a message.
    case policy(PolicyRecord)
    /// qmgr, postsuper: `removed`. The message has left the queue.
    case removed
    /// qmgr: `from=<…>, status=expired, returned to sender`, or `force-expired` after postsuper(1) was told so.
    case expired(isForced: Bool)
    /// postsuper: `placed on hold`.
    case held
    /// postsuper: `released from hold`.
    case released
    /// postsuper: `requeued`. pickup will give it a new ID.
    case requeued
    /// postsuper: `expired`. The administrator ended its time.
    case expiryForced
    /// Any: `warning: …`, `error: …`, `fatal: …`, `panic: …`.
    case trouble(LogSeverity, LineRange)
    /// master, postfix-script: a start, stop or reload.
    case lifecycle(LogLifecycle)
    /// A line of Postfix that says nothing Postern needs: connections, TLS, statistics, caches.
    case other
}

/// The kind of notice that bounce(8) sends.
public enum LogNotification: Hashable, Sendable {
    /// To the sender: delivery failed.
    case bounce
    /// To the sender: not delivered yet.
    case delay
    /// To the sender, who asked for it (RFC 3461): delivered, relayed or expanded.
    case success
    /// To the postmaster.
    case postmaster
}

/// How bad Postfix found it (msg(3)).
public enum LogSeverity: Hashable, Sendable {
    /// Work goes on.
    case warning
    /// Recoverable; a process gives up at 13 of these.
    case error
    /// The process ends.
    case fatal
    /// The process ends over a fault of its own.
    case panic
}

/// What master(8) or postfix(1) did.
public enum LogLifecycle: Hashable, Sendable {
    /// `daemon started`, `starting the Postfix mail system`.
    case started
    /// `reload`, `refreshing the Postfix mail system`: every process reads its configuration anew.
    case reloaded
    /// `terminating on signal`, `stopping the Postfix mail system`.
    case stopped
}
