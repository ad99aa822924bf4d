// SPDX-License-Identifier: Apache-2.0
internal import Resolving

/// Whether a domain says what receivers shall do with mail that is not its own, and whether ours is.
struct DMARCCheck {
    let domain: SendingSite.Domain
    let source: any RecordSource

    func run() async -> [CheckItem] {
        for name in Self.candidates(domain.name) {
            let place = "_dmarc.\(name)"
            let texts: [[UInt8]]
            switch await source.texts(of: place) {
            case .failed(let failure):
                return [.failed(.domain(domain.name), "DMARC", asking: "TXT of \(place)", failure)]
            case .noName, .noData: continue
            case .found(let all): texts = all.filter(DMARCRecord.isRecord)
            }
            guard let text = texts.first else { continue }
            guard texts.count == 1 else {
                return [
                    item(
                        .dmarcSeveral, place, "\(place) has \(texts.count) DMARC records; receivers then take none",
                        .act("leave one record at \(place)"))
                ]
            }
            return await judge(text, at: place, of: name)
        }
        let place = "_dmarc.\(domain.name)"
        let line = ZoneRecord.text(place, "v=DMARC1; p=none; rua=mailto:postmaster@\(domain.name)")
        return [item(.dmarcMissing, place, "\(domain.name) has no DMARC record", .publish(line))]
    }

    /// The domain and its parents, down to two labels: the organizational domain is among them, and what stands above
    /// has no record.
    static func candidates(_ domain: String) -> [String] {
        var names: [String] = []
        var rest = Substring(domain)
        while let dot = rest.firstIndex(of: "."), names.count < 5 {
            names.append(String(rest))
            rest = rest[rest.index(after: dot)...]
        }
        return names
    }

    private func judge(_ text: [UInt8], at place: String, of name: String) async -> [CheckItem] {
        let record: DMARCRecord
        do throws(DMARCRecord.Fault) {
            record = try DMARCRecord(text)
        } catch {
            let line = ZoneRecord.text(place, "v=DMARC1; p=none; rua=mailto:postmaster@\(name)")
            return [item(.dmarcBroken, place, "\(place) cannot be read: \(error.complaint)", .publish(line))]
        }
        var items: [CheckItem] = []
        if record.isStrict, domain.coversSubdomains {
            items.append(
                item(
                    .dmarcUnaligned, place,
                    "\(place) wants exact alignment (adkim=s), and \(domain.name) signs for its subdomains",
                    .act("take adkim=s out of the record, or give each subdomain a [[domain]] with keys of its own")))
        }
        if record.reports.isEmpty {
            // A semicolon at its end needs no second.
            let tags = String(decoding: text.prefix(400), as: UTF8.self).split(separator: ";").joined(separator: ";")
            let better = ZoneRecord.text(place, "\(tags); rua=mailto:postmaster@\(name)")
            items.append(item(.dmarcReportless, place, "\(place) asks for no reports (rua)", .publish(better)))
        }
        items += await refusedReports(of: record, at: place, for: name)
        guard items.isEmpty else { return items }
        let policy = name == domain.name ? record.policy : record.subdomainPolicy ?? record.policy
        let reports = record.reports.joined(separator: ", ")
        return [CheckItem(.domain(domain.name), "DMARC", .good("p=\(policy) at \(place), reports to \(reports)"))]
    }

    /// Reports to another domain need that domain's consent (RFC 7489 §7.1).
    private func refusedReports(of record: DMARCRecord, at place: String, for name: String) async -> [CheckItem] {
        for address in record.reports.prefix(5) {
            let target = address.split(separator: "@").last.map { $0.lowercased() } ?? ""
            if Self.organization(target) == Self.organization(name) { continue }
            let consent = "\(name)._report._dmarc.\(target)"
            switch await source.texts(of: consent) {
            case .found(let texts) where texts.contains(where: DMARCRecord.isRecord): continue
            case .failed(let failure):
                return [.failed(.domain(domain.name), "DMARC", asking: "TXT of \(consent)", failure)]
            case .found, .noName, .noData:
                return [
                    item(
                        .dmarcReportsRefused, place, "reports go to \(address), and \(target) has not agreed",
                        .publish(ZoneRecord.text(consent, "v=DMARC1")))
                ]
            }
        }
        return []
    }

    /// The last two labels: near enough to tell whether consent is needed.
    private static func organization(_ name: String) -> String {
        name.split(separator: ".").suffix(2).joined(separator: ".").lowercased()
    }

    private func item(_ kind: FindingKind, _ subject: String, _ what: String, _ remedy: Finding.Remedy) -> CheckItem {
        CheckItem(.domain(domain.name), "DMARC", .found(Finding(kind, about: subject, what, remedy: remedy)))
    }
}
