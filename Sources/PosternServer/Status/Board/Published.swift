// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// A value that one part sets whole and others read: each reader holds what was in force when it asked.
///
/// The lock is held for the copy of a reference; no message is ever on its way under it.
final class Published<Value: Sendable>: Sendable {
    private let current: Mutex<Value>

    init(_ value: Value) {
        current = Mutex(value)
    }

    /// What holds now.
    var value: Value { current.withLock { $0 } }

    /// Puts another value in its place.
    func publish(_ value: Value) {
        current.withLock { $0 = value }
    }
}
