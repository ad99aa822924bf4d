// SPDX-License-Identifier: Apache-2.0

/// The data of an MX record (RFC 1035 §3.3.9).
public struct MXRecord: Hashable, Sendable {
    /// The lower, the sooner.
    public var preference: UInt16
    /// The host in lower case without a final dot; empty for the null MX (RFC 7505).
    public var host: String

    /// A record of its parts.
    public init(preference: UInt16, host: String) {
        self.preference = preference
        self.host = host
    }

    /// Reads record data; `nil` if it is malformed.
    init?(_ data: [UInt8]) {
        guard data.count > 2, let host = WireName.read(data[2...]) else { return nil }
        preference = UInt16(data[0]) << 8 | UInt16(data[1])
        self.host = host
    }

    /// The hosts of records, the preferred first, those of one preference by name; at most 100.
    static func hosts(_ records: [[UInt8]]) -> Answer<[String]> {
        let read = records.prefix(100).compactMap { MXRecord($0) }
        guard !read.isEmpty else { return .failed(.malformed) }
        let sorted = read.sorted { ($0.preference, $0.host) < ($1.preference, $1.host) }
        var hosts: [String] = []
        for record in sorted where !record.host.isEmpty && !hosts.contains(record.host) { hosts.append(record.host) }
        return hosts.isEmpty ? .nothing : .found(hosts)
    }
}
