// SPDX-License-Identifier: Apache-2.0

extension Lab {
    /// What a lab's Postfix and its users shall be, beyond Debian's defaults.
    public struct Configuration: Sendable {
        /// Lines for main.cf, as `postconf -e` takes them: `smtpd_milters = unix:postern/milter`.
        public var postconf: [String]
        /// Services for master.cf, as `postconf -M` takes them: `rewrite-postern/unix = rewrite-postern unix - - n …`.
        public var services: [String]
        /// Parameters of services, as `postconf -P` takes them: `qmgr/unix/rewrite_service_name = rewrite-postern`.
        public var serviceParameters: [String]
        /// Who may log in on port 587.
        public var logins: [Login]
        /// Users of the system, beside `postern` and those the host has (as `www-data`).
        public var users: [String]

        /// A lab as Debian installs Postfix, unless something else is said.
        public init(
            postconf: [String] = [], services: [String] = [], serviceParameters: [String] = [],
            logins: [Login] = [.alice, .bob], users: [String] = ["alice", "bob", "webmaster"]
        ) {
            self.postconf = postconf
            self.services = services
            self.serviceParameters = serviceParameters
            self.logins = logins
            self.users = users
        }

        /// Settings for main.cf with which deferred mail is tried again within 3 to 5 s, not after minutes.
        ///
        /// No sooner: a message that smtp(8) still has open when it is due again goes back into the incoming queue
        /// ("skipped, still being delivered"), where qmgr(8) looks next when other mail comes, or after 300 s.
        public static let quickRetries = [
            "queue_run_delay = 1s", "minimal_backoff_time = 3s", "maximal_backoff_time = 4s",
        ]
    }
}
