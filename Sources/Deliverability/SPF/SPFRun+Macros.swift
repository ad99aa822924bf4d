// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Resolving

extension SPFRun {
    /// A domain-spec made a name (RFC 7208 §7); the domain itself where there is none.
    func expand(_ text: MacroText?, for domain: String) async -> String {
        guard let text else { return domain }
        return DomainName.shortened(DomainName.bare(await value(of: text, for: domain)))
    }

    /// What the domain has receivers say (§6.2); `nil` if that cannot be found or read, which changes no result.
    func explain(_ target: MacroText, for domain: String) async -> String? {
        let name = await expand(target, for: domain)
        guard DomainName.isPossible(name), case .found(let texts) = await source.texts(of: name), texts.count == 1,
            let text = texts.first, text.allSatisfy({ 0x20...0x7E ~= $0 }),
            let macros = try? MacroText(Substring(decoding: text, as: UTF8.self), in: .explanation)
        else { return nil }
        return await value(of: macros, for: domain)
    }

    /// The client's names that lead back to it, ten at most (§5.5); a failure is as good as no name.
    func validatedNames() async -> [String] {
        var validated: [String] = []
        let family: AddressFamily = if case .v4 = question.client { .v4 } else { .v6 }
        for name in (await source.pointers(of: question.client).values ?? []).prefix(Self.mostNames) {
            guard case .found(let addresses) = await source.addresses(of: name, in: family) else { continue }
            if addresses.contains(question.client) { validated.append(name) }
        }
        return validated
    }

    private func value(of text: MacroText, for domain: String) async -> String {
        var value = ""
        for part in text.parts {
            switch part {
            case .literal(let literal): value += literal
            case .macro(let macro): value += macro.transform(await self.value(of: macro.letter, for: domain))
            }
        }
        return value
    }

    /// §7.2.
    private func value(of letter: Character, for domain: String) async -> String {
        switch letter {
        case "s": "\(question.localPart)@\(question.domain)"
        case "l": question.localPart
        case "o": question.domain
        case "d": domain
        case "i": Self.dotted(question.client)
        case "p": await validatedName(for: domain)
        case "v": if case .v4 = question.client { "in-addr" } else { "ip6" }
        case "h": question.helo
        case "c": "\(question.client)"
        case "r": question.receiver
        case "t": "\(question.moment.milliseconds / 1000)"
        default: ""
        }
    }

    /// The domain itself if that is a name of the client, else one below it, else any (§7.3).
    private func validatedName(for domain: String) async -> String {
        let names = await validatedNames()
        return names.first { $0.lowercased() == domain.lowercased() }
            ?? names.first { DomainName.isSame($0, orBelow: domain) } ?? names.first ?? "unknown"
    }

    /// IPv6 as nibbles with dots between, IPv4 as ever.
    private static func dotted(_ address: ClientAddress) -> String {
        switch address {
        case .v4: "\(address)"
        case .v6(let high, let low):
            [high, low].flatMap { half in
                (0..<16).map { String(half >> (60 - 4 * $0) & 0xF, radix: 16, uppercase: true) }
            }.joined(separator: ".")
        }
    }
}
