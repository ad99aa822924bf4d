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
        sd_notify(0, "RELOADING=1\nMONOTONIC_USEC=\(HostClock.microseconds(CLOCK_MONOTONIC))")
    }
}
