// SPDX-License-Identifier: Apache-2.0

extension RouteTarget: LosslessStringConvertible {
    /// Reads what `description` writes; `nil` for any other right-hand side of transport(5).
    public init?(_ text: String) {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        let name = String(text[..<colon])
        let rest = text[text.index(after: colon)...]
        switch (name, rest) {
        case ("", ""): self = .usual
        case ("", _): return nil
        case ("retry", _): self = .retry(text: String(rest))
        case (_, ""): self = .transport(name)
        case (_, _):
            guard rest.hasPrefix("["), let end = rest.lastIndex(of: "]"), rest[end...].hasPrefix("]:"),
                let port = UInt16(rest[end...].dropFirst(2))
            else { return nil }
            self = .relay(transport: name, host: String(rest[rest.index(after: rest.startIndex)..<end]), port: port)
        }
    }
}
