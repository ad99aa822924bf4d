// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Stands in for the C library's `sigwait`, to keep libmilter's hands off the signals of the process.
///
/// smfi_main starts a thread that waits for SIGHUP, SIGTERM and SIGINT and stops the milter at each of them; it cannot
/// be switched off. The kernel prefers the main thread, but while that has a signal pending, or blocks the signal as
/// dispatch sources make it do, the next one goes to whoever waits: two quick reloads end the service (seen with
/// Debian's 8.17.1, Swift 6.3 and Linux 6, 2026-11).
///
/// The dynamic linker finds this definition before the C library's, if the executable exports it: link with
/// `--export-dynamic-symbol=sigwait`. It is the same function (POSIX, sigwait), except that it never returns to
/// whoever waits for just these three signals.
/// - Parameters:
///   - set: A `sigset_t`.
///   - signal: Where to put the number of the signal.
/// - Returns: 0, or an `errno`.
@_cdecl("sigwait")
public func waitForSignal(_ set: UnsafeRawPointer, _ signal: UnsafeMutablePointer<CInt>) -> CInt {
    let set = set.assumingMemoryBound(to: sigset_t.self)
    // The three are blocked in libmilter's thread, so that it takes none of them here.
    while SignalThread.isLibmilters(set) { pause() }
    while true {
        let number = sigwaitinfo(set, nil)
        if number > 0 {
            signal.pointee = number
            return 0
        }
        if errno != EINTR { return errno }
    }
}

/// libmilter's thread that waits for signals.
enum SignalThread {
    /// Whether it waits in ``waitForSignal(_:_:)``, as it does if the executable is linked rightly.
    static var isHeld: Bool {
        let ours: @convention(c) (UnsafeRawPointer, UnsafeMutablePointer<CInt>) -> CInt = waitForSignal
        return dlsym(nil, "sigwait") == unsafeBitCast(ours, to: UnsafeMutableRawPointer.self)
    }

    /// Whether a set holds the signals that libmilter waits for, and no other.
    ///
    /// Source: libmilter/signal.c, mi_signal_thread.
    fileprivate static func isLibmilters(_ set: UnsafePointer<sigset_t>) -> Bool {
        let libmilters = [SIGHUP, SIGTERM, SIGINT]
        return (1...64).allSatisfy { (sigismember(set, $0) == 1) == libmilters.contains($0) }
    }
}
