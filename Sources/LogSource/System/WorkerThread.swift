// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// A thread that runs one closure and can be waited for.
///
/// Reading a log blocks, on disks and on the journal; the threads of Swift's tasks must not.
final class WorkerThread: Sendable {
    private struct Body: Sendable {
        let name: String
        let run: @Sendable () -> Void
    }

    private let thread: Mutex<pthread_t?>

    /// Starts a thread called `name`, of which Linux keeps 15 bytes.
    init(name: String, _ run: @escaping @Sendable () -> Void) throws(SystemError) {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Box(Body(name: name, run: run)))
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Box<Body>>.fromOpaque(argument).takeRetainedValue().value
                WorkerThread.leaveSignalsToOthers()
                WorkerThread.takeName(body.name)
                body.run()
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            body.release()
            throw SystemError(code: code)
        }
        self.thread = Mutex(thread)
    }

    deinit {
        if let thread = thread.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// Waits until the closure has returned; at once if called from within it.
    func join() {
        let thread = self.thread.withLock { thread -> pthread_t? in
            guard let waited = thread, pthread_equal(waited, pthread_self()) == 0 else { return nil }
            thread = nil
            return waited
        }
        if let thread { pthread_join(thread, nil) }
    }

    /// What pthread_setname_np(3) does, which the Glibc module leaves out; a name is a help to top(1) and no more.
    private static func takeName(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = write(file, name, name.utf8.count)
        close(file)
    }

    private static func leaveSignalsToOthers() {
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

private final class Box<Value: Sendable>: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
