// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Resolving
import Synchronization

@testable import Deliverability

/// A DNS that is a table: names in lower case, records of types by name; what is not in it does not exist.
final class TableSource: RecordSource {
    struct Record: Hashable, Sendable, Decodable {
        /// `A`, `AAAA`, `TXT`, `MX`, `PTR`, `CNAME`; or `*`, which makes questions for absent types time out.
        var type: String
        var value: String
        var preference: UInt16?
    }

    private let table: Mutex<[String: [Record]]>
    /// Whether nothing is answered at all.
    private let isDead: Bool

    init(_ table: [String: [Record]], isDead: Bool = false) {
        self.table = Mutex(table)
        self.isDead = isDead
    }

    func texts(of name: String) async -> Records<[UInt8]> { look(name, "TXT") { Array($0.value.utf8) } }

    func addresses(of name: String, in family: AddressFamily) async -> Records<ClientAddress> {
        look(name, family == .v4 ? "A" : "AAAA") { ClientAddress(parsing: $0.value) }
    }

    func exchangers(of name: String) async -> Records<MXRecord> {
        look(name, "MX") { MXRecord(preference: $0.preference ?? 10, host: $0.value) }
    }

    func pointers(of address: ClientAddress) async -> Records<String> {
        look(Self.reverse(address), "PTR") { $0.value.lowercased() }
    }

    static func reverse(_ address: ClientAddress) -> String {
        switch address {
        case .v4(let bits): (0..<4).map { "\(bits >> (8 * $0) & 0xFF)." }.joined() + "in-addr.arpa"
        case .v6(let high, let low):
            [low, high].flatMap { half in (0..<16).map { String(half >> (4 * $0) & 0xF, radix: 16) + "." } }.joined()
                + "ip6.arpa"
        }
    }

    private func look<Value: Sendable>(_ name: String, _ type: String, read: (Record) -> Value?) -> Records<Value> {
        if isDead { return .failed(.late) }
        var name = name.lowercased()
        for _ in 0..<8 {
            guard let records = table.withLock({ $0[name] }) else { return .noName }
            let values = records.filter { $0.type == type && $0.value != "TIMEOUT" }.compactMap(read)
            if !values.isEmpty { return .found(values) }
            if records.contains(where: { $0.type == "*" || ($0.type == type && $0.value == "TIMEOUT") }) {
                return .failed(.late)
            }
            guard let alias = records.first(where: { $0.type == "CNAME" }) else { return .noData }
            name = alias.value.lowercased()
        }
        return .failed(.server(code: 2))
    }
}
