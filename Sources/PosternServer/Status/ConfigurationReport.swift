// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import Milter
internal import PosternCore

/// What `GET /v1/configuration` answers: the configuration in force, as far as it is no secret.
struct ConfigurationReport: Codable, Hashable {
    /// A domain that we sign for.
    struct Domain: Codable, Hashable {
        /// Its name.
        var name: String
        /// Its selectors and their kinds of key.
        var selectors: [String: String]
    }

    /// A limit.
    struct Limit: Codable, Hashable {
        /// Its name.
        var name: String
        /// Its rates, such as `150/10m`.
        var rates: [String]
        /// What happens to mail over it.
        var over: String
    }

    /// How far each part goes.
    var modes: [String: String]
    /// Where each part listens, reads or writes.
    var places: [String: String]
    /// The domains that we sign for.
    var domains: [Domain]
    /// The limits.
    var limits: [Limit]

    init(_ configuration: Configuration) {
        modes = [
            "signing": configuration.modes.signing.rawValue, "limits": configuration.modes.limits.rawValue,
            "listings": configuration.modes.listings.rawValue,
        ]
        places = [
            "store.directory": configuration.store.directory, "milter.socket": configuration.milter.socket.description,
            "status.socket": configuration.status.socket, "mail-log.source": configuration.mailLog.name,
        ]
        if let policy = configuration.policy.socket { places["policy.socket"] = policy.description }
        if let listen = configuration.status.listen { places["status.listen"] = listen.description }
        domains = configuration.domains.map { domain in
            Domain(
                name: domain.plan.name,
                selectors: Dictionary(domain.keys.map { ($0.key.selector, "\($0.key.algorithm)") }) { $1 })
        }
        limits = configuration.limits.map {
            Limit(name: $0.name, rates: $0.rates.map { "\($0)" }, over: "\($0.over)")
        }
    }
}
