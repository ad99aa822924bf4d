// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Synchronization

/// A wall clock that is moved by hand.
final class HandClock: Sendable {
    private let moment: Mutex<Moment>

    init(_ moment: Moment = .noon) { self.moment = Mutex(moment) }

    func now() -> Moment { moment.withLock { $0 } }

    func advance(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
}

extension Moment {
    /// 2026-03-02T12:00:00Z.
    static let noon = Moment(seconds: 1_772_452_800)
}
