// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

extension Tally {
    /// Adds everything to the database; to be called within a transaction.
    func write(to db: Database, _ retention: LedgerRetention) throws {
        for (kind, sum) in kinds { try Self.write(kind, sum, to: db) }
        try submissions.write(to: db, retention)
        let delivery = try db.cachedStatement(
            sql: """
                INSERT INTO delivery_hour (hour, provider, class, sent, deferred, bounced) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET sent = sent + excluded.sent,
                    deferred = deferred + excluded.deferred, bounced = bounced + excluded.bounced
                """)
        for (key, sum) in deliveries {
            try delivery.execute(
                arguments: [key.hour, key.provider, key.replyClass, sum.sent, sum.deferred, sum.bounced])
        }
        try writeMinutesAndDays(to: db)
        try writeDeeds(to: db)
        let sender = try db.cachedStatement(
            sql: """
                INSERT INTO sender_hour (hour, sender, sender_class, sent, deferred, bounced, unknown_user, block)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET sent = sent + excluded.sent, deferred = deferred + excluded.deferred,
                    bounced = bounced + excluded.bounced, unknown_user = unknown_user + excluded.unknown_user,
                    block = block + excluded.block
                """)
        for (key, sum) in senders {
            try sender.execute(arguments: [
                key.hour, key.sender, sum.senderClass?.rawValue ?? "", sum.counts.sent, sum.counts.deferred,
                sum.counts.bounced, sum.counts.unknownUser, sum.counts.block,
            ])
        }
        let insertion = try db.cachedStatement(sql: "INSERT INTO event (time, kind, who, detail) VALUES (?, ?, ?, ?)")
        for event in events {
            try insertion.execute(
                arguments: [event.time.milliseconds, event.kind.rawValue, event.who, event.detail])
        }
        try HeldMail.remove(notHeld, from: db)
        for mail in held.values { try mail.write(to: db) }
        let reached = try db.cachedStatement(
            sql: "INSERT INTO position (source, text) VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text")
        for (source, text) in positions { try reached.execute(arguments: [source, text]) }
    }

    /// The same deliveries by the minute and by the day: written along, so that nothing has to be rolled up later.
    private func writeMinutesAndDays(to db: Database) throws {
        var days: [DeliveryMinute: OutcomeSum] = [:]
        for (key, sum) in deliveries {
            days[DeliveryMinute(minute: key.hour.dividedFloor(by: 24), provider: key.provider), default: OutcomeSum()]
                .add(sum)
        }
        for (table, column, sums) in [("delivery_minute", "minute", minutes), ("delivery_day", "day", days)] {
            let upsert = try db.cachedStatement(
                sql: """
                    INSERT INTO \(table) (\(column), provider, sent, deferred, bounced) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET sent = sent + excluded.sent,
                        deferred = deferred + excluded.deferred, bounced = bounced + excluded.bounced
                    """)
            for (key, sum) in sums {
                try upsert.execute(arguments: [key.minute, key.provider, sum.sent, sum.deferred, sum.bounced])
            }
        }
    }

    private func writeDeeds(to db: Database) throws {
        let upsert = try db.cachedStatement(
            sql: """
                INSERT INTO deed_hour (hour, deed, subject, count) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count
                """)
        for (key, count) in deeds { try upsert.execute(arguments: [key.hour, key.deed, key.subject, count]) }
    }

    private static func write(_ kind: RefusalKind, _ sum: RefusalSum, to db: Database) throws {
        // Log lines of several sources are not in order: the sample is replaced only by a newer one. SQLite evaluates
        // each right side with the row as it was, so `last` may stand anywhere among them.
        let upsert = try db.cachedStatement(
            sql: """
                INSERT INTO refusal (provider, class, sender, smtp_code, status, token, template, first, last, count,
                    scope, rule, address, sender_class, recipient_domain, recipient, queue_id, outcome, sample)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count, first = min(first, excluded.first),
                    last = max(last, excluded.last),
                    scope = iif(excluded.last >= last, excluded.scope, scope),
                    rule = iif(excluded.last >= last, excluded.rule, rule),
                    address = iif(excluded.last >= last, excluded.address, address),
                    sender_class = iif(excluded.last >= last, excluded.sender_class, sender_class),
                    recipient_domain = iif(excluded.last >= last, excluded.recipient_domain, recipient_domain),
                    recipient = iif(excluded.last >= last, excluded.recipient, recipient),
                    queue_id = iif(excluded.last >= last, excluded.queue_id, queue_id),
                    outcome = iif(excluded.last >= last, excluded.outcome, outcome),
                    sample = iif(excluded.last >= last, excluded.sample, sample)
                RETURNING id
                """)
        let newest = sum.newest
        let arguments: StatementArguments = [
            kind.provider, kind.replyClass, kind.sender, kind.smtpCode, kind.status, kind.token, kind.template,
            sum.first.milliseconds, sum.last.milliseconds, sum.count,
            newest.scope.rawValue, newest.rule ?? "", newest.listedAddress?.description ?? "",
            newest.senderClass?.rawValue ?? "", newest.recipientDomain, newest.recipient ?? "",
            newest.queueID?.description ?? "", newest.outcome.rawValue, newest.reply.text,
        ]
        guard let id = try Int64.fetchOne(upsert, arguments: arguments) else { return }
        let hourly = try db.cachedStatement(
            sql: """
                INSERT INTO refusal_hour (refusal, hour, deferred, bounced) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET deferred = deferred + excluded.deferred, bounced = bounced + excluded.bounced
                """)
        for (hour, counts) in sum.hours {
            try hourly.execute(arguments: [id, hour, counts.deferred, counts.bounced])
        }
    }
}
