// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Ledger

/// Values that a part of the daemon keeps in the ledger, as JSON.
enum KeptState {
    /// What was kept under a name; `nil` if nothing was, or another version wrote it.
    static func read<Value: Decodable>(from ledger: Ledger?, as name: String) -> Value? {
        guard let text = ledger?.kept(as: name) else { return nil }
        return try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    /// Keeps a value under a name.
    static func write(_ value: some Encodable, to ledger: Ledger, as name: String) {
        guard let data = try? JSONEncoder().encode(value) else { return }
        ledger.keep(String(decoding: data, as: UTF8.self), as: name)
    }
}
