// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Somebody who may not read what is root's alone.
struct OtherUser {
    private static let nobody: uid_t = 65_534

    /// Does `body` with the rights of nobody, on this thread alone; for a user who has no more rights anyway, as this user.
    func act(_ body: () -> Void) {
        guard geteuid() == 0 else { return body() }
        // The system call, not glibc's seteuid(3), which changes all threads.
        setThreadFileUser(Self.nobody)
        defer { setThreadFileUser(0) }
        body()
    }

    private func setThreadFileUser(_ user: uid_t) {
        guard let handle = dlopen(nil, RTLD_NOW), let symbol = dlsym(handle, "setfsuid") else { return }
        // setfsuid(2) is not in the Glibc module.
        _ = unsafeBitCast(symbol, to: (@convention(c) (uid_t) -> Int32).self)(user)
    }
}
