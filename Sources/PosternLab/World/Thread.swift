// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Runs `body` on a thread of its own, for calls that block for as long as they like.
///
/// Not to be called through a portal: the kernel refuses a thread whose process ids would be another world's.
func detachThread(_ body: @escaping @Sendable () -> Void) throws(LabFailure) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    let failure = pthread_create(
        &thread, nil,
        { argument in
            if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        }, box.toOpaque())
    guard failure == 0 else {
        box.release()
        throw .systemCall("pthread_create", errno: failure)
    }
    pthread_detach(thread)
}
