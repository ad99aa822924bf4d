// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import Resolving

/// Whether the keys that we sign with are the keys that receivers find (RFC 6376 §3.6.1).
struct KeyCheck {
    let domain: SendingSite.Domain
    let source: any RecordSource

    func run() async -> [CheckItem] {
        var items: [CheckItem] = []
        for key in domain.keys { items.append(await item(of: key)) }
        return items
    }

    private func item(of key: KeyRecord) async -> CheckItem {
        let name = "\(key.selector)._domainkey.\(domain.name)"
        func found(_ kind: FindingKind, _ what: String, _ remedy: Finding.Remedy) -> CheckItem {
            CheckItem(.domain(domain.name), label(key), .found(Finding(kind, about: name, what, remedy: remedy)))
        }
        let ours = Finding.Remedy.publish(ZoneRecord.text(name, key.text))
        let texts: [[UInt8]]
        switch await source.texts(of: name) {
        case .failed(let failure): return .failed(.domain(domain.name), label(key), asking: "TXT of \(name)", failure)
        case .noName, .noData: return found(.dkimMissing, "\(name) has no TXT record", ours)
        case .found(let all): texts = all
        }
        guard let text = texts.first, texts.count == 1 else {
            return found(
                .dkimSeveral, "\(name) has \(texts.count) TXT records; which one receivers take is chance", ours)
        }
        guard let tags = TagList(text), tags["v"] == nil || tags["v"] == "DKIM1" else {
            return found(.dkimUnusable, "\(name) cannot be read: \(quote(text))", ours)
        }
        guard let published = tags["p"]?.filter({ !$0.isWhitespace }) else {
            return found(.dkimUnusable, "\(name) has no key (p=)", ours)
        }
        guard !published.isEmpty else { return found(.dkimRevoked, "\(name) withdraws its key (p= is empty)", ours) }
        let wanted = TagList(Array(key.text.utf8))
        guard published == wanted?["p"], tags["k"] ?? "rsa" == wanted?["k"] ?? "rsa" else {
            return found(.dkimDiffers, "\(name) has another key than the one we sign with", ours)
        }
        if let limit = limit(in: tags) { return found(.dkimUnusable, "\(name) \(limit)", ours) }
        if flags(in: tags).contains("y") {
            return found(.dkimTesting, "\(name) says that the key is only tested (t=y)", ours)
        }
        return CheckItem(.domain(domain.name), label(key), .good("\(name) is our key"))
    }

    /// What the record says that leaves signatures of ours out.
    private func limit(in tags: TagList) -> String? {
        if let hashes = tags["h"], !list(hashes).contains("sha256") { return "does not allow sha256 (h=\(hashes))" }
        if let services = tags["s"], !list(services).contains(where: { ["*", "email"].contains($0) }) {
            return "is not for mail (s=\(services))"
        }
        return nil
    }

    private func flags(in tags: TagList) -> [String] { tags["t"].map(list) ?? [] }

    private func list(_ value: String) -> [String] {
        value.split(separator: ":").map { $0.filter { !$0.isWhitespace }.lowercased() }
    }

    private func label(_ key: KeyRecord) -> String { "DKIM \(key.selector)" }

    private func quote(_ text: [UInt8]) -> String { String(decoding: text.prefix(80), as: UTF8.self) }
}
