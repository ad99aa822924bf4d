// SPDX-License-Identifier: Apache-2.0
internal import CSystemd
internal import Glibc

/// Tells systemd how we are (sd_notify(3)); does nothing where there is none.
enum Supervisor {
    /// The daemon serves, or serves again after a reload.
    static func ready() {
        sd_notify(0, "READY=1")
    }

    /// A reload begins; systemd wants the monotonic time with it (`Type=notify-reload`).
    static func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
        sd_notify(0, "RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
    }
}
