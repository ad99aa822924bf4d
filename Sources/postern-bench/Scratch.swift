// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A directory with one RSA-2048 key and configurations that sign with it by the same options.
struct Scratch {
    private let files: ScratchFiles

    init(postern: String) throws {
        files = try ScratchFiles()
        let directory = files.directory
        let made = Process()
        made.executableURL = URL(fileURLWithPath: postern)
        made.arguments = ["dkim", "new", "example.com", "--rsa-only", "--directory", directory]
        made.standardOutput = FileHandle.nullDevice
        try made.run()
        made.waitUntilExit()
        guard made.terminationStatus == 0 else { throw BenchFailure(description: "postern dkim new failed") }
        let key = path("example.com.s1.pem")
        try files.write(
            """
            [milter]
            socket = "unix:\(path("postern"))"
            [status]
            socket = "\(path("status"))"
            [store]
            directory = "\(directory)"
            [senders]
            trusted-networks = ["0.0.0.0/0", "::/0"]
            [[domain]]
            name = "example.com"
            keys = [{ selector = "s1", file = "\(key)" }]

            """, to: "postern.toml")
        try files.write(
            """
            Mode s
            Socket local:\(path("opendkim"))
            Domain example.com
            Selector s1
            KeyFile \(key)
            Canonicalization relaxed/relaxed
            OversignHeaders From,To,Cc,Subject,Date,Reply-To
            InternalHosts 0.0.0.0/0
            Syslog no
            UMask 007
            RequireSafeKeys no

            """, to: "opendkim.conf")
    }

    func path(_ name: String) -> String { files.path(name) }

    func remove() { files.remove() }
}
