// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Logging

/// Where a Unix socket comes to stand under its name: only once its mode and group are as they shall be.
///
/// bind(2) makes the file by the umask, which belongs to the whole process. So it is made under another name, given its
/// mode and group, and then renamed; whoever finds it under its own name finds it right.
struct SocketPlace: Sendable {
    /// The name by which it is known.
    let path: String
    /// The group that may connect; the process's own where `nil`.
    let group: String?

    /// The name under which it is bound.
    var temporaryPath: String { path + ".new" }

    /// Removes what a dead process left; refuses where a live one answers.
    /// - Throws: ``LocalSocket/Refusal``.
    func makeRoom() throws(LocalSocket.Refusal) {
        try LocalSocket.makeRoom(at: path)
        try LocalSocket.makeRoom(at: temporaryPath)
    }

    /// Gives the bound socket its mode, its group and its name.
    func settle(_ log: Logger) {
        chmod(temporaryPath, 0o660)
        if let group {
            guard let number = Accounts.number(ofGroup: group) else {
                log.error("status.group: there is no group \"\(group)\"; the socket stays with ours")
                return rename()
            }
            if chown(temporaryPath, uid_t.max, number) != 0 {
                log.error("\(path): cannot be given to group \"\(group)\": \(errorText(errno)); it stays with ours")
            }
        }
        rename()
    }

    /// Removes the socket: the name leads nowhere once nobody listens.
    func remove() {
        unlink(path)
    }

    private func rename() {
        Glibc.rename(temporaryPath, path)
    }
}
