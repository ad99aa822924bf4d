// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A thread of its own, for calls that block longer than a pool may be kept waiting.
enum DetachedThread {
    /// Runs `work` on a new thread.
    /// - Returns: Whether there was one to be had; otherwise `work` has not been called.
    static func run(_ work: @escaping @Sendable () -> Void) -> Bool {
        let box = Unmanaged.passRetained(Work(work))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        guard status == 0 else {
            box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private final class Work: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
