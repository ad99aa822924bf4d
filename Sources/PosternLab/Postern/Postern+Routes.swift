// SPDX-License-Identifier: Apache-2.0

extension Postern {
    /// The database that Postfix's trivial-rewrite reads.
    public static let routes = "/var/lib/postern/routes/routes.db"
    /// How Postfix asks it.
    public static let routesTable = "sqlite:/etc/postern/routes.cf"

    /// Publishes routes as the daemon does, whether or not it runs.
    ///
    /// - Parameters:
    ///   - changes: A line each: `KEY SECONDS TARGET` for a row that holds so long, `KEY` for one that goes.
    ///   - lab: Where Postern is installed.
    /// - Throws: `LabFailure.program` if the store refuses.
    /// - Returns: All rows that hold then, a line each: `KEY TARGET`.
    @discardableResult
    public static func publish(_ changes: String..., in lab: Lab) async throws -> String {
        let arguments = [try Executables.path(of: "postern-lab"), "routes", routes]
        let result = try await lab.run(
            arguments, as: "postern", input: changes.map { $0 + "\n" }.joined())
        guard result.isSuccess else { throw LabFailure.program(arguments, result) }
        return result.text
    }

    private static let texts = ConfigurationTexts()

    /// Lays out the routes and the status filter, and wires milter, routes, filter and probe into Postfix.
    static func attach(to lab: Lab, milter: String) async throws {
        for (command, file) in [("routes", "routes.cf"), ("delivery-status", "delivery-status.pcre")] {
            try await lab.write(try await texts.text(of: command, in: lab), to: "/etc/postern/\(file)")
        }
        // Before Postfix asks: a table that cannot be opened defers all mail.
        try await publish(in: lab)
        try await lab.postconf(
            [
                "smtpd_milters = \(milter)", "non_smtpd_milters = $smtpd_milters",
                "smtp_delivery_status_filter = pcre:/etc/postern/delivery-status.pcre",
                "site_transport_maps =", "transport_maps = $site_transport_maps",
            ],
            services: [
                """
                rewrite-postern/unix=rewrite-postern unix - - n - - trivial-rewrite \
                -o transport_maps=\(routesTable),$site_transport_maps
                """,
                "postern-probe/unix=postern-probe unix - - y - 1 smtp -o syslog_name=postfix/postern-probe",
            ],
            serviceParameters: ["qmgr/unix/rewrite_service_name=rewrite-postern"])
    }
}
