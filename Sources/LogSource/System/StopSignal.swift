// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// Tells a thread to end, also while it waits in poll(2).
final class StopSignal: Sendable {
    /// A pipe; both -1 if the host has no descriptor left, when only time-outs wake the thread.
    private let readEnd: Int32
    private let writeEnd: Int32
    private let given = Atomic<Bool>(false)

    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        guard readEnd >= 0 else { return }
        close(readEnd)
        close(writeEnd)
    }

    /// Whether the thread is to end.
    var isGiven: Bool { given.load(ordering: .acquiring) }

    /// Tells the thread to end; again does no harm.
    func give() {
        guard !given.exchange(true, ordering: .acquiringAndReleasing) else { return }
        _ = write(writeEnd, [0], 1)
    }

    /// Waits until the signal is given, `other` is readable, or the time is up.
    func wait(orReadable other: Int32, for milliseconds: Int32) {
        // poll(2) ignores negative descriptors.
        var descriptors = [
            pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, 2, milliseconds)
    }
}
