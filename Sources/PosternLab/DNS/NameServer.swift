// SPDX-License-Identifier: Apache-2.0

/// unbound(8) inside, on 127.0.0.1, which knows the lab's zones and says of every other name that it does not exist.
final class NameServer: Sendable {
    private let world: World
    private let program: Program

    private init(world: World, program: Program) {
        self.world = world
        self.program = program
    }

    /// Starts it and waits until it answers.
    static func start(in world: World) async throws -> NameServer {
        try await world.write(configuration, to: "/etc/unbound/unbound.conf")
        let program = try await Program.start(["/usr/sbin/unbound", "-d", "-p"], in: world)
        try await program.says(within: .seconds(10)) { $0.contains("start of service") }
        return NameServer(world: world, program: program)
    }

    /// Adds one record, written as in a zone file: `s1._domainkey.lab.example. 60 IN TXT "v=DKIM1; p=…"`.
    func add(_ record: String) async throws {
        try await world.require(["/usr/sbin/unbound-control", "local_datas"], input: record + "\n")
    }

    /// Takes away all records of a name.
    func remove(name: String) async throws {
        try await world.require(["/usr/sbin/unbound-control", "local_data_remove", name])
    }

    /// What it is to serve.
    ///
    /// Nothing is asked of other servers, for the root zone itself is static. The few ports to ask from spare unbound 65,000
    /// random numbers at each start.
    private static var configuration: String {
        """
        server:
            interface: 127.0.0.1
            interface: ::1
            username: ""
            chroot: ""
            pidfile: ""
            use-syslog: no
            verbosity: 1
            num-threads: 1
            module-config: "iterator"
            outgoing-port-avoid: "0-65535"
            outgoing-port-permit: "40000-40063"
            local-zone: "." static
        \(reverseZones.map { "    local-zone: \"\($0)\" nodefault\n" }.joined())\(Zone.configuration)
        remote-control:
            control-enable: yes
            control-interface: /run/unbound.ctl
            control-use-cert: no

        """
    }

    /// unbound answers for the reverse zones of reserved ranges by itself, unless told not to (unbound.conf(5), local-zone).
    private static var reverseZones: [String] {
        [
            "2.0.192.in-addr.arpa.", "100.51.198.in-addr.arpa.", "113.0.203.in-addr.arpa.", "10.in-addr.arpa.",
            "8.b.d.0.1.0.0.2.ip6.arpa.",
        ]
    }
}
