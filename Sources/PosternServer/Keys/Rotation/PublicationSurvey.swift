// SPDX-License-Identifier: Apache-2.0
public import DKIM
public import Deliverability
internal import PosternCore
public import Resolving

/// What this host's resolver and each name server of the zone say of keys.
public struct PublicationSurvey: Sendable {
    /// One answer.
    public struct Observation: Hashable, Sendable {
        /// Who was asked: a name server with its address, or this host's resolver.
        public var server: String
        /// The key's selector.
        public var selector: String
        /// What it says.
        public var state: KeyPublication
    }

    /// Servers of a zone that are asked, at most.
    private static let mostServers = 20

    /// All answers.
    public private(set) var observations: [Observation] = []

    /// Asks all.
    public init(of keys: [KeyRecord], by resolver: Resolver) async {
        for key in keys { await add(key, "this host's resolver", resolver) }
        guard let key = keys.first else { return }
        switch await resolver.nameServers(ofZoneOf: "_domainkey.\(key.domain)") {
        case .nothing: break
        case .failed(let failure):
            add("the name servers of \(key.domain)", keys, "they could not be learnt: \(failure)")
        case .found(let names):
            for name in names.prefix(Self.mostServers) { await ask(name, keys, resolver) }
        }
    }

    private mutating func ask(_ name: String, _ keys: [KeyRecord], _ resolver: Resolver) async {
        // One address is one server; the others of the same name have the same zone.
        guard let address = await resolver.allAddresses(of: name).values?.first else {
            return add(name, keys, "its address could not be learnt")
        }
        let server = Resolver(.these(["\(address)"]))
        for key in keys { await add(key, "\(name) (\(address))", server) }
        await server.close()
    }

    private mutating func add(_ key: KeyRecord, _ server: String, _ source: Resolver) async {
        let state = await KeyPublication(of: key, asking: source)
        observations.append(Observation(server: server, selector: key.selector, state: state))
    }

    private mutating func add(_ server: String, _ keys: [KeyRecord], _ reason: String) {
        observations += keys.map { Observation(server: server, selector: $0.selector, state: .unknown(reason)) }
    }

    /// Whether everybody who was asked has the keys; silence is no "yes", unless `ignoringSilence` and somebody has spoken.
    public func isPublished(ignoringSilence: Bool) -> Bool {
        let spoke = observations.filter { if case .unknown = $0.state { false } else { true } }
        guard !spoke.isEmpty, ignoringSilence || spoke.count == observations.count else { return false }
        return spoke.allSatisfy { $0.state == .published }
    }

    /// Whether nobody who was asked has any of the keys; silence is no "no", unless `ignoringSilence`.
    public func isGone(ignoringSilence: Bool) -> Bool {
        observations.allSatisfy { observation in
            switch observation.state {
            case .published: false
            case .unpublished: true
            case .unknown: ignoringSilence
            }
        }
    }
}
