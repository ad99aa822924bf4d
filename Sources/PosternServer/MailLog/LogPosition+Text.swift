// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import LogSource

extension LogPosition {
    /// The position as the ledger keeps it: JSON.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Plain numbers and text always have a JSON form.
        guard let data = try? encoder.encode(self) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads what `text` wrote; `nil` for what a damaged store holds.
    init?(text: String) {
        guard let position = try? JSONDecoder().decode(LogPosition.self, from: Data(text.utf8)) else { return nil }
        self = position
    }
}
