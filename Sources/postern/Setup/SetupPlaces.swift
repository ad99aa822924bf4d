// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The directories and the user that an installation needs, as the package's tmpfiles.d has them.
struct SetupPlaces {
    /// Where what setup has done is remembered; root's alone, for `--undo` puts back what lies there.
    static let record = "/etc/postern/setup"

    let user: uid_t
    let group: gid_t
    let postfixGroup: gid_t

    /// Finds the users.
    /// - Throws: ``SafeFile/Failure``.
    init() throws {
        guard let daemon = getpwnam("postern") else {
            throw SafeFile.Failure(
                text: "there is no user postern: adduser --system --group --no-create-home postern")
        }
        (user, group) = (daemon.pointee.pw_uid, daemon.pointee.pw_gid)
        guard let postfix = getgrnam("postfix") else { throw SafeFile.Failure(text: "there is no group postfix") }
        postfixGroup = postfix.pointee.gr_gid
    }

    /// Makes the place of the record alone, where a draft is tried before anybody is asked.
    func makeRecord() throws {
        try make("/etc/postern", 0o750, 0, group)
        try make(Self.record, 0o700, 0, 0)
    }

    /// Makes what is missing; what is there stays as it is.
    func make(queueDirectory: String) throws {
        try makeRecord()
        try make("/etc/postern/keys", 0o750, 0, group)
        try make("/var/lib/postern", 0o751, user, group)
        try make("/var/lib/postern/routes", 0o2750, user, postfixGroup)
        try make("\(queueDirectory)/postern", 0o2710, user, postfixGroup)
    }

    private func make(_ path: String, _ mode: mode_t, _ user: uid_t, _ group: gid_t) throws {
        if mkdir(path, 0o700) != 0 {
            guard errno == EEXIST else { throw SafeFile.Failure(path) }
            return
        }
        // By descriptor: above it may be a directory of the daemon's user, who could put a link in its place.
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw SafeFile.Failure(path) }
        defer { close(descriptor) }
        // chown takes setgid away, so the mode comes last.
        guard fchown(descriptor, user, group) == 0, fchmod(descriptor, mode) == 0 else { throw SafeFile.Failure(path) }
    }
}
