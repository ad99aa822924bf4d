// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Asks the DNS, without ever keeping a thread of Swift's pool.
///
/// Answers are cached for as long as they may be, at least a minute and at most an hour; that there is nothing, for a minute.
/// Nothing is started before the first question.
public final class Resolver: Sendable {
    private let thread: ResolverThread
    let limit: Duration

    /// A resolver that starts at its first question.
    /// - Parameters:
    ///   - servers: Whom it asks.
    ///   - limit: How long one call may take.
    ///   - width: How many questions are out at a time, at least 1.
    ///   - capacity: How many there may be in all; further ones fail as `busy`.
    public init(
        _ servers: NameServers = .system, limit: Duration = .seconds(5), width: Int = 32, capacity: Int = 1000
    ) {
        self.limit = limit
        thread = ResolverThread(servers: servers, width: max(1, width), capacity: capacity)
    }

    deinit { thread.stop() }

    /// The hosts that take a domain's mail, the preferred first, in lower case without a final dot; at most 100.
    ///
    /// A domain without MX that has an address takes its mail itself (RFC 5321 §5.1); one with the null MX takes none
    /// (RFC 7505).
    public func mx(of domain: String) async -> Answer<[String]> {
        guard let name = QueryName(domain) else { return .failed(.badName) }
        let deadline = ContinuousClock.now + limit
        switch await ask(name, .mx, until: deadline) {
        case .records(let records): return MXRecord.hosts(records)
        case .noName: return .nothing
        case .failed(let failure): return .failed(failure)
        case .noData: break
        }
        for type in [RecordType.a, .aaaa] {
            switch await ask(name, type, until: deadline) {
            case .records: return .found([name.text])
            case .noName, .noData: continue
            case .failed(let failure): return .failed(failure)
            }
        }
        return .nothing
    }

    /// Answers all who wait with `closed`, and ends the threads; what is asked later is answered so at once.
    public func close() async {
        thread.stop()
        await thread.ended()
    }

    func ask(_ name: QueryName, _ type: RecordType, until deadline: ContinuousClock.Instant) async
        -> RecordAnswer
    {
        let lookup = Lookup(name, type, until: deadline)
        thread.ask(lookup)
        return await lookup.answer
    }

    /// One question, for what `Resolver+Records` reads.
    func ask(_ name: String, _ type: RecordType) async -> RecordAnswer {
        guard let name = QueryName(name) else { return .failed(.badName) }
        return await ask(name, type, until: .now + limit)
    }

    /// Four bytes (RFC 1035 §3.4.1), or sixteen (RFC 3596 §2.2).
    static func address(_ data: [UInt8]) -> ClientAddress? {
        switch data.count {
        case 4: .v4(data.reduce(0) { $0 << 8 | UInt32($1) })
        case 16:
            .v6(
                data.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, data.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
        default: nil
        }
    }
}
