// SPDX-License-Identifier: Apache-2.0
import Foundation
import LogSource
import PosternCore
import Synchronization

/// Keeps what a source hands on, as a store would: lines count once the position behind them is told.
final class Collector: LogReceiver, Sendable {
    struct Kept {
        var lines: [String] = []
        var times: [Moment?] = []
        var unconfirmed = 0
        var position: LogPosition?
        var events: [LogSourceEvent] = []
    }

    /// What a test asks for does not come within this time only if it never comes.
    static let patience: TimeInterval = 60

    private let kept = Mutex(Kept())
    private let changed = NSCondition()

    func receive(_ line: Span<UInt8>, writtenAt time: Moment?) {
        let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        change {
            $0.lines.append(text)
            $0.times.append(time)
            $0.unconfirmed += 1
        }
    }

    func reached(_ position: LogPosition) {
        change {
            $0.position = position
            $0.unconfirmed = 0
        }
    }

    func noticed(_ event: LogSourceEvent) {
        change { $0.events.append(event) }
    }

    private func change(_ body: (inout Kept) -> Void) {
        changed.withLock {
            kept.withLock { body(&$0) }
            changed.broadcast()
        }
    }

    var lines: [String] { kept.withLock { $0.lines } }
    var times: [Moment?] { kept.withLock { $0.times } }
    var events: [LogSourceEvent] { kept.withLock { $0.events } }
    var position: LogPosition? { kept.withLock { $0.position } }
    var filePosition: FilePosition? { if case .file(let position) = position { position } else { nil } }
    var journalPosition: JournalPosition? { if case .journal(let position) = position { position } else { nil } }

    /// Forgets the lines that came after the last position: what a process that is killed does.
    func forgetUnconfirmed() {
        change {
            $0.lines.removeLast($0.unconfirmed)
            $0.times.removeLast($0.unconfirmed)
            $0.unconfirmed = 0
        }
    }

    /// Waits until `condition` holds of what was kept.
    /// - Returns: Whether it came to hold.
    func wait(until condition: (Kept) -> Bool) -> Bool {
        let deadline = Date(timeIntervalSinceNow: Self.patience)
        return changed.withLock {
            while !kept.withLock({ condition($0) }) {
                guard changed.wait(until: deadline) else { return kept.withLock { condition($0) } }
            }
            return true
        }
    }
}

extension LogSourceEvent {
    var isBlindness: Bool { if case .cannotRead = self { true } else { false } }
    var isSight: Bool { if case .readableAgain = self { true } else { false } }
    var isGap: Bool { if case .gap = self { true } else { false } }
    var isTruncation: Bool { if case .truncated = self { true } else { false } }
    var isRotation: Bool { if case .rotated = self { true } else { false } }
    var isOpening: Bool { if case .opened = self { true } else { false } }
}
