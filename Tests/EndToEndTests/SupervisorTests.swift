// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite(.serialized) struct `The service manager` {
    /// Stands where systemd does (sd_notify(3)): prints each assignment that it is told.
    private static let manager = """
        import os, socket
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        manager.bind("/run/notify")
        os.chmod("/run/notify", 0o666)
        print("listening", flush=True)
        while True:
            print(manager.recv(65536).decode(), flush=True)
        """

    @Test func `hears that the daemon serves, lives, reloads and stops, and how its configuration was taken`()
        async throws
    {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let manager = try await lab.start(["/usr/bin/python3", "-c", Self.manager])
            try await manager.says { $0 == "listening" }
            let daemon = try await lab.start(
                [try Executables.path(of: "postern"), "serve"], as: "postern",
                environment: [
                    "NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "30000000", "SWIFT_BACKTRACE": "enable=no",
                ])
            try await manager.says(within: .seconds(60)) { $0 == "READY=1" }
            try await manager.says {
                $0 == "STATUS=signing enforce (1 domains, 2 keys); limits observe; listings observe; "
                    + "mail log /var/log/mail.log"
            }
            try await manager.says { $0 == "WATCHDOG=1" }

            var position = manager.lines.position
            daemon.signal(1)
            try await manager.says(from: position) { $0 == "RELOADING=1" }
            try await manager.says(from: position) { $0.hasPrefix("MONOTONIC_USEC=") }
            try await manager.says(from: position, within: .seconds(60)) { $0 == "READY=1" }

            try await lab.write("nonsense = 1\n", to: Postern.configurationFile)
            position = manager.lines.position
            daemon.signal(1)
            try await manager.says(from: position, within: .seconds(60)) {
                $0 == "STATUS=this configuration is refused, the one before stays in force"
            }

            position = manager.lines.position
            daemon.signal(15)
            try await manager.says(from: position) { $0 == "STOPPING=1" }
        }
    }
}
