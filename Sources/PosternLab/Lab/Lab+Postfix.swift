// SPDX-License-Identifier: Apache-2.0

extension Lab {
    /// Changes main.cf and master.cf as `postconf -e`, `-M` and `-P` do, reloads Postfix, and waits until it has done so.
    public func postconf(_ settings: [String], services: [String] = [], serviceParameters: [String] = []) async throws {
        try await postfix.set(settings, services: services, parameters: serviceParameters)
        let position = mailLog.position
        try await postfix.control("reload")
        try await log(contains: "postfix/master", ": reload -- version", from: position)
    }

    /// `postqueue -f`: has all deferred mail tried at once.
    public func flush() async throws { try await world.require(["/usr/sbin/postqueue", "-f"]) }

    /// `postqueue -j`: what is in the queue, one JSON object a line.
    public func postqueue() async throws -> [String] {
        try await world.require(["/usr/sbin/postqueue", "-j"]).text.split(separator: "\n").map(String.init)
    }
}
