// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension Lab {
    /// The host's programs that a lab is made of, with their Debian packages.
    private static var programs: [(path: String, package: String)] {
        [
            ("/usr/bin/unshare", "util-linux"), ("/usr/bin/setpriv", "util-linux"), ("/usr/sbin/ip", "iproute2"),
            ("/usr/sbin/postfix", "postfix"), ("/usr/sbin/unbound", "unbound"), ("/usr/sbin/saslpasswd2", "sasl2-bin"),
        ]
    }

    static func requirePrograms() throws(LabFailure) {
        for (path, package) in programs where access(path, X_OK) != 0 { throw .missingProgram(path, package: package) }
    }

    /// Writes the mail log outside, into the directory that `POSTERN_LAB_LOGS` names.
    func keepLogIfAsked() {
        guard let directory = getenv("POSTERN_LAB_LOGS") else { return }
        let path = "\(String(cString: directory))/mail-\(getpid())-\(world.keeperProcess).log"
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return }
        defer { close(file) }
        for line in mailLog.entries() { try? SystemCall.write(Array(line.utf8) + [UInt8(ascii: "\n")], to: file) }
    }
}
