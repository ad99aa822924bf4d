// SPDX-License-Identifier: Apache-2.0
// The compiler meets `timespec` first in systemd's headers, and wants them named where it is used.
internal import CSystemd
internal import Glibc
internal import PosternCore

/// The host's clocks: the one place where they are read.
enum HostClock {
    /// What a clock of clock_gettime(2) says, in microseconds.
    static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// What the clocks say now.
    static func reading() -> SteadyClock.Reading {
        SteadyClock.Reading(boot: boot, sinceBoot: sinceBoot, wall: .now)
    }

    /// Milliseconds since the host started, sleep included.
    static var sinceBoot: Int64 { microseconds(CLOCK_BOOTTIME) / 1000 }

    private static let boot: String = {
        var buffer = [UInt8](repeating: 0, count: 64)
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        let count = max(0, read(descriptor, &buffer, buffer.count))
        return String(decoding: buffer[..<count].prefix { $0 > 0x20 }, as: UTF8.self)
    }()
}
