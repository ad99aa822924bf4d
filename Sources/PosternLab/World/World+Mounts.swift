// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension World {
    /// Directories that begin empty, with their owners; the host's own content stays out of sight.
    private static var emptyDirectories: [(path: String, owner: String)] {
        [
            ("/var/log", "root"), ("/var/spool/postfix", "root"), ("/var/lib/postfix", "postfix"),
            ("/etc/postern", "root"),
            ("/var/lib/postern", "root"),
        ]
    }

    /// Lays the world's own /run, /etc and /var over the host's: what is written there is in memory, and gone with the world.
    ///
    /// /etc and /var show the host's files where the world has none of its own, so Debian's Postfix is there as installed.
    func layMounts() async throws {
        try await inside {
            try Self.mountMemory(on: "/run")
            try Self.makeDirectory("/run/lock")
            try Self.makeDirectory("/run/.lab")
            try Self.mountOverlay(on: "/etc")
            try Self.mountOverlay(on: "/var")
            for (path, _) in Self.emptyDirectories {
                try Self.makeDirectory(path)
                try Self.mountMemory(on: path)
            }
        }
        for (path, owner) in Self.emptyDirectories where owner != "root" { try await makeDirectory(path, owner: owner) }
    }

    private static func makeDirectory(_ path: String) throws(LabFailure) {
        if mkdir(path, 0o755) != 0, errno != EEXIST { throw .systemCall("mkdir \(path)", errno: errno) }
    }

    private static func mountMemory(on path: String) throws(LabFailure) {
        try SystemCall.check(
            "mount tmpfs on \(path)", mount("tmpfs", path, "tmpfs", UInt(MS_NOSUID | MS_NODEV), "mode=0755,size=2g"))
    }

    private static func mountOverlay(on path: String) throws(LabFailure) {
        let own = "/run/.lab" + path
        for directory in [own, own + "/upper", own + "/work"] { try makeDirectory(directory) }
        let options = "lowerdir=\(path),upperdir=\(own)/upper,workdir=\(own)/work"
        try SystemCall.check("mount overlay on \(path)", mount("overlay", path, "overlay", 0, options))
    }
}
