// SPDX-License-Identifier: Apache-2.0

/// How Postfix is set up, and how it would have to be for what Postern is configured to do.
public struct PostfixSetup: Hashable, Sendable {
    /// The place where our milter listens.
    public enum Socket: Hashable, Sendable {
        /// A Unix socket, by its absolute path.
        case unix(String)
        /// A TCP port.
        case inet(host: String, port: UInt16)
    }

    /// The table that keeps refusals of our address from bouncing.
    public struct Filter: Hashable, Sendable {
        /// The fingerprint that the installed table carries; `nil` where it cannot be read or is not of Postern.
        public var installed: String?
        /// The fingerprint of the table that the reply rules in force would make; `nil` where no rules are read.
        public var wanted: String?

        /// A table.
        public init(installed: String?, wanted: String?) {
            self.installed = installed
            self.wanted = wanted
        }
    }

    /// main.cf, `$`-references expanded.
    public var parameters: [String: String]
    /// Why another server carries the mail, such as a relay host; `nil` where none does.
    public var otherRouting: String?
    /// `transport_maps` of the rewrite service that qmgr(8) asks, as master.cf has it; `nil` where it has none of its own.
    public var managerRoutes: String?
    /// Our milter's socket.
    public var socket: Socket
    /// Our table of routes, as Postfix names it.
    public var routes: String
    /// The status filter.
    public var filter: Filter
    /// Whether messages are signed.
    public var signs: Bool
    /// Whether listings are watched.
    public var watchesListings: Bool
    /// Whether providers are paused.
    public var pausesProviders: Bool

    /// A set-up; what is not given is as on a host without Postern.
    public init(
        parameters: [String: String], otherRouting: String? = nil, managerRoutes: String? = nil, socket: Socket,
        routes: String, filter: Filter, signs: Bool, watchesListings: Bool, pausesProviders: Bool
    ) {
        self.parameters = parameters
        self.otherRouting = otherRouting
        self.managerRoutes = managerRoutes
        self.socket = socket
        self.routes = routes
        self.filter = filter
        self.signs = signs
        self.watchesListings = watchesListings
        self.pausesProviders = pausesProviders
    }

    /// A parameter's value; empty where Postfix has none.
    subscript(name: String) -> String { parameters[name] ?? "" }

    /// How our socket is named in main.cf.
    var milter: String {
        switch socket {
        case .unix(let path):
            let queue = self["queue_directory"] + "/"
            return queue.count > 1 && path.hasPrefix(queue) ? "unix:\(path.dropFirst(queue.count))" : "unix:\(path)"
        case .inet(let host, let port):
            let name = host.isEmpty ? "127.0.0.1" : host
            return "inet:\(name.contains(":") ? "[\(name)]" : name):\(port)"
        }
    }
}
