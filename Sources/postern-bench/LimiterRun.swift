// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import PosternCore

/// The limiter with so many senders, in a process of its own, so that its memory can be told; prints JSON.
struct LimiterRun: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "limiter-run", shouldDisplay: false)

    @Argument var senders: Int
    @Argument var operations: Int
    @Argument var rounds: Int

    struct Outcome: Codable {
        let senders: Int
        /// Counts a second in each round, every one of another sender.
        let rates: [Double]
        let bytesPerSenderAndRate: Double
        /// The longest that one count took while the senders came.
        let worstMicroseconds: Double
    }

    private static let rule = LimitRule(
        name: "login", subject: .senders(.login),
        rates: [
            Rate(limit: 1_000_000, window: .minutes(10)), Rate(limit: 1_000_000, window: .hours(1)),
            Rate(limit: 1_000_000, window: .hours(24)),
        ], over: .hold)

    func run() throws {
        let key = HashKey(low: 1, high: 2)
        // Hashing is measured with whole requests; here only the tables.
        let limits = (0..<senders).map {
            AppliedLimit(rule: 0, key: SenderKey(.login("user\($0)@example.com"), key: key))
        }
        let before = Self.residentBytes()
        let shardCount = 64
        var store = UnsharedLimitStore(
            rules: LimitRules([Self.rule], hashKey: key), shardCount: shardCount, capacity: shardCount * 32_768)
        var moment = Moment(seconds: 1_700_000_000)
        var worst: UInt64 = 0
        for limit in limits {
            let began = Self.now()
            _ = store.withShard(limit.key.shard(of: shardCount)) { $0.take(1, limit, at: moment) }
            worst = max(worst, Self.now() - began)
        }
        let bytes = Self.residentBytes() - before
        var rates: [Double] = []
        var place = 0
        for _ in 0..<rounds {
            let began = Self.now()
            for _ in 0..<operations {
                // A stride that visits all and follows no order of memory.
                place = (place + 611_953) % senders
                moment = moment + .milliseconds(1)
                let limit = limits[place]
                _ = store.withShard(limit.key.shard(of: shardCount)) { $0.take(1, limit, at: moment) }
            }
            rates.append(Double(operations) / (Double(Self.now() - began) / 1e9))
        }
        let outcome = Outcome(
            senders: senders, rates: rates,
            bytesPerSenderAndRate: Double(bytes) / Double(senders * Self.rule.rates.count),
            worstMicroseconds: Double(worst) / 1000)
        print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
    }

    private static func residentBytes() -> Int {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return fields.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } ?? 0
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
