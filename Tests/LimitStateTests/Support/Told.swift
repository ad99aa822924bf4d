// SPDX-License-Identifier: Apache-2.0
import LimitState
import PosternCore
import Synchronization

/// What the operator was told.
final class Told: Sendable {
    private let conditions = Mutex<[LimitStateCondition]>([])

    var all: [LimitStateCondition] { conditions.withLock { $0 } }

    func tell(_ condition: LimitStateCondition) { conditions.withLock { $0.append(condition) } }
}

extension Moment {
    /// 2026-03-02T12:00:00Z.
    static let noon = Moment(seconds: 1_772_452_800)
}

extension HashKey {
    static let first = HashKey(low: 1, high: 2)
    static let second = HashKey(low: .max, high: 1 << 63)
}

extension SteadyClock.Anchor {
    static func at(_ moment: Moment) -> Self {
        Self(reading: .init(boot: "boot", sinceBoot: 5000, wall: moment), moment: moment)
    }
}

extension LimitBatch {
    /// One counter of so many.
    static func of(_ count: UInt32, key: UInt64 = 7, rule: String = "login", at moment: Moment = .noon) -> LimitBatch {
        var batch = LimitBatch()
        batch.counters = [.init(rule: rule, record: .of(count, key: key, at: moment))]
        return batch
    }
}

extension LimitRecord {
    static func of(_ count: UInt32, key: UInt64 = 7, at moment: Moment = .noon) -> LimitRecord {
        LimitRecord(
            key: SenderKey(low: key, high: .max - key), stamp: moment,
            counts: [.init(windowMilliseconds: 600_000, newestFirst: [count])])
    }
}
