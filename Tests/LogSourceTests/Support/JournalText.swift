// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Entries in the journal's export format, and the journal files that systemd-journal-remote(8) makes of them.
struct JournalText {
    static let start: UInt64 = 1_790_000_000_000_000

    var text = ""
    private var count: UInt64 = 0

    /// Whether the program is installed that makes journal files of text.
    static let canMakeFiles = FileManager.default.isExecutableFile(atPath: "/lib/systemd/systemd-journal-remote")

    /// An entry of Postfix's `smtp`, one second after the entry before; `fields` override and add, `nil` removes.
    mutating func add(_ message: String, _ fields: [String: String?] = [:]) {
        var entry: [String: String?] = [
            "_BOOT_ID": "8fd1b4a7cd8c4e3fb0c3f1d6a1b2c3d4", "_MACHINE_ID": "3d1219c7c4c5404aaa1f6d2a48adfda4",
            "_TRANSPORT": "syslog", "_UID": "105", "_COMM": "smtp", "_PID": "4711",
            "_SYSTEMD_UNIT": "postfix@-.service", "SYSLOG_IDENTIFIER": "postfix/smtp", "MESSAGE": message,
        ]
        entry.merge(fields) { $1 }
        count += 1
        let time = Self.start + count * 1_000_000
        text += "__CURSOR=x\n__REALTIME_TIMESTAMP=\(time)\n__MONOTONIC_TIMESTAMP=\(count * 1_000_000)\n"
        for (name, value) in entry.sorted(by: { $0.key < $1.key }) {
            if let value { text += "\(name)=\(value)\n" }
        }
        text += "\n"
    }

    /// Appends what was added since the last call to a journal file, which is made if it does not exist.
    mutating func write(to path: String) throws {
        let export = path + ".export"
        try Data(text.utf8).write(to: URL(filePath: export))
        try Program.run("/lib/systemd/systemd-journal-remote", ["-o", path, export])
        text = ""
    }
}
