// SPDX-License-Identifier: Apache-2.0
internal import CSystemd
internal import Glibc

/// Tells systemd how we are (sd_notify(3)); does nothing where there is none.
enum Supervisor {
    /// The daemon serves, or serves again after a reload.
    /// - Parameter status: What `systemctl status` shows; one line.
    static func ready(_ status: String) {
        tell("READY=1\n\(statusLine(status))")
    }

    /// A reload begins; systemd wants the monotonic time with it (`Type=notify-reload`).
    static func reloading() {
        tell("RELOADING=1\nMONOTONIC_USEC=\(HostClock.microseconds(CLOCK_MONOTONIC))")
    }

    /// The daemon stops; messages in flight finish.
    static func stopping() {
        tell("STOPPING=1\n\(statusLine("finishing the messages in flight"))")
    }

    /// The daemon lives; to be said by what stands still when mail does.
    static func alive() {
        tell("WATCHDOG=1")
    }

    /// Whether the unit has `WatchdogSec=`, so that ``alive()`` is waited for.
    static let isWatched = sd_watchdog_enabled(0, nil) > 0

    /// A line break in the text would begin an assignment of its own.
    private static func statusLine(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return "STATUS=\(line)"
    }

    private static func tell(_ state: String) {
        sd_notify(0, state)
    }
}
