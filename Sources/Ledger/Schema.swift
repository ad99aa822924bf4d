// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// The tables of the ledger, and how an older file comes to have them.
///
/// A version is never changed once released; a new one is added after it.
enum Schema {
    /// Stands in the file's header, so that nobody else's database is taken for ours (`PRAGMA application_id`): "Post".
    static let applicationID: Int64 = 0x506F_7374

    /// All versions, oldest first.
    static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: version1)
        }
        migrator.registerMigration("2") { db in try db.execute(sql: version2) }
        migrator.registerMigration("3") { db in try db.execute(sql: version3) }
        migrator.registerMigration("4") { db in try db.execute(sql: version4) }
        migrator.registerMigration("5") { db in try db.execute(sql: version5) }
        migrator.registerMigration("6") { db in try db.execute(sql: version6) }
        return migrator
    }

    /// Times are milliseconds, hours are whole hours since the Unix epoch; an empty text is "none", NULL is "forgotten".
    private static let version1 = """
        CREATE TABLE refusal (
            id INTEGER PRIMARY KEY,
            provider TEXT NOT NULL, class TEXT NOT NULL, sender TEXT NOT NULL,
            smtp_code INTEGER NOT NULL, status TEXT NOT NULL, token TEXT NOT NULL, template TEXT NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL,
            scope TEXT NOT NULL, rule TEXT NOT NULL, address TEXT NOT NULL, sender_class TEXT NOT NULL,
            recipient_domain TEXT NOT NULL, recipient TEXT, queue_id TEXT NOT NULL, outcome TEXT NOT NULL,
            sample TEXT NOT NULL,
            UNIQUE (provider, class, sender, smtp_code, status, token, template)
        ) STRICT;
        CREATE INDEX refusal_last ON refusal (last);
        CREATE INDEX refusal_provider ON refusal (provider, last);
        CREATE INDEX refusal_recipient ON refusal (last) WHERE recipient IS NOT NULL;
        CREATE TABLE refusal_hour (
            refusal INTEGER NOT NULL REFERENCES refusal ON DELETE CASCADE, hour INTEGER NOT NULL,
            deferred INTEGER NOT NULL, bounced INTEGER NOT NULL,
            PRIMARY KEY (refusal, hour)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX refusal_hour_hour ON refusal_hour (hour);
        CREATE TABLE delivery_hour (
            hour INTEGER NOT NULL, provider TEXT NOT NULL, class TEXT NOT NULL,
            sent INTEGER NOT NULL, deferred INTEGER NOT NULL, bounced INTEGER NOT NULL,
            PRIMARY KEY (hour, provider, class)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sender_hour (
            hour INTEGER NOT NULL, sender TEXT NOT NULL, sender_class TEXT NOT NULL,
            sent INTEGER NOT NULL, deferred INTEGER NOT NULL, bounced INTEGER NOT NULL,
            unknown_user INTEGER NOT NULL, block INTEGER NOT NULL,
            PRIMARY KEY (hour, sender)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sender_hour_sender ON sender_hour (sender, hour);
        CREATE TABLE position (source TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE event (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind TEXT NOT NULL, who TEXT, detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX event_time ON event (time);
        """

    /// What limits put on hold; a size of -1 is "not known".
    private static let version2 = """
        CREATE TABLE held (
            queue_id TEXT PRIMARY KEY, time INTEGER NOT NULL, sender TEXT NOT NULL, sender_class TEXT NOT NULL,
            rule TEXT NOT NULL, reason TEXT NOT NULL, envelope_sender TEXT NOT NULL, recipients INTEGER NOT NULL,
            size INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX held_time ON held (time);
        """

    /// What was submitted, and the stories of single messages.
    private static let version3 = """
        CREATE TABLE submission_hour (
            hour INTEGER NOT NULL, sender TEXT NOT NULL, sender_class TEXT NOT NULL,
            messages INTEGER NOT NULL, recipients INTEGER NOT NULL, held INTEGER NOT NULL,
            held_recipients INTEGER NOT NULL, refused INTEGER NOT NULL, refused_recipients INTEGER NOT NULL,
            PRIMARY KEY (hour, sender)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX submission_hour_sender ON submission_hour (sender, hour);
        CREATE TABLE submission_mark (
            day INTEGER NOT NULL, sender TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
            count INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (day, sender, kind, value)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE message (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, queue_id TEXT NOT NULL, sender TEXT NOT NULL,
            sender_class TEXT NOT NULL, script TEXT NOT NULL, client TEXT NOT NULL, envelope_sender TEXT NOT NULL,
            recipients INTEGER NOT NULL, refused_recipients INTEGER NOT NULL, size INTEGER NOT NULL,
            signed_by TEXT NOT NULL, unsigned TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
            standing TEXT NOT NULL
        ) STRICT;
        CREATE INDEX message_queue_id ON message (queue_id);
        CREATE INDEX message_sender ON message (sender, time);
        CREATE INDEX message_envelope_sender ON message (envelope_sender, time);
        CREATE INDEX message_time ON message (time);
        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, queue_id TEXT NOT NULL, recipient TEXT NOT NULL,
            host TEXT NOT NULL, provider TEXT NOT NULL, outcome TEXT NOT NULL, class TEXT NOT NULL, rule TEXT NOT NULL,
            token TEXT NOT NULL, smtp_code INTEGER NOT NULL, status TEXT NOT NULL, reply TEXT NOT NULL,
            sender TEXT NOT NULL, waits INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX attempt_queue_id ON attempt (queue_id);
        CREATE INDEX attempt_recipient ON attempt (recipient, time);
        CREATE INDEX attempt_time ON attempt (time);
        """

    /// Deliveries by the minute and by the day beside those by the hour, and what Postern did.
    private static let version4 = """
        CREATE TABLE delivery_minute (
            minute INTEGER NOT NULL, provider TEXT NOT NULL,
            sent INTEGER NOT NULL, deferred INTEGER NOT NULL, bounced INTEGER NOT NULL,
            PRIMARY KEY (minute, provider)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE delivery_day (
            day INTEGER NOT NULL, provider TEXT NOT NULL,
            sent INTEGER NOT NULL, deferred INTEGER NOT NULL, bounced INTEGER NOT NULL,
            PRIMARY KEY (day, provider)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO delivery_day (day, provider, sent, deferred, bounced)
            SELECT hour / 24, provider, sum(sent), sum(deferred), sum(bounced) FROM delivery_hour
            WHERE hour >= 0 GROUP BY 1, 2;
        CREATE TABLE deed_hour (
            hour INTEGER NOT NULL, deed TEXT NOT NULL, subject TEXT NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (hour, deed, subject)
        ) STRICT, WITHOUT ROWID;
        """

    /// What others tell of our mail: complaints, and a provider's figures for our addresses; a rate is in thousandths.
    private static let version5 = """
        CREATE TABLE complaint (
            id INTEGER PRIMARY KEY, time INTEGER NOT NULL, report TEXT NOT NULL, kind TEXT NOT NULL,
            reporter TEXT NOT NULL, sender TEXT NOT NULL, queue_id TEXT NOT NULL, signed_by TEXT NOT NULL,
            address TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX complaint_report ON complaint (report) WHERE report <> '';
        CREATE INDEX complaint_sender ON complaint (sender, time);
        CREATE INDEX complaint_queue_id ON complaint (queue_id);
        CREATE INDEX complaint_time ON complaint (time);
        CREATE TABLE address_day (
            day INTEGER NOT NULL, address TEXT NOT NULL, recipients INTEGER NOT NULL, messages INTEGER NOT NULL,
            colour TEXT NOT NULL, complaint_rate INTEGER NOT NULL, traps INTEGER NOT NULL,
            PRIMARY KEY (day, address)
        ) STRICT, WITHOUT ROWID;
        """

    /// Who an hour has most of, without a look at everybody: the expressions are those of `SenderRanking`.
    private static let version6 = """
        CREATE INDEX submission_hour_volume
            ON submission_hour (hour, recipients + held_recipients + refused_recipients);
        CREATE INDEX submission_hour_stopped ON submission_hour (hour, held + refused + refused_recipients)
            WHERE held + refused + refused_recipients > 0;
        CREATE INDEX sender_hour_volume ON sender_hour (hour, sent + deferred + bounced);
        """
}
