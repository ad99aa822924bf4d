// SPDX-License-Identifier: Apache-2.0

extension Resolver {
    /// The name servers of the zone that a name is in: those of the nearest name above it, or of itself, that has any.
    /// - Returns: Their names, sorted, at most 20; `nothing` where no name up to the top level has any.
    public func nameServers(ofZoneOf name: String) async -> Answer<[String]> {
        guard let name = QueryName(name) else { return .failed(.badName) }
        var zone = Substring(name.text)
        while let dot = zone.firstIndex(of: ".") {
            switch await ask(String(zone), .ns) {
            case .records(let records):
                let names = Set(records.prefix(20).compactMap { WireName.read($0[...]) }.filter { !$0.isEmpty })
                return names.isEmpty ? .failed(.malformed) : .found(names.sorted())
            case .noName, .noData: zone = zone[zone.index(after: dot)...]
            case .failed(let failure): return .failed(failure)
            }
        }
        return .nothing
    }
}
