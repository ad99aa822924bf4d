// SPDX-License-Identifier: Apache-2.0

/// How single edits are taken back where a file was changed since, so that its former bytes cannot be put back.
public struct SetupUndo: Hashable, Sendable {
    /// What postconf(1) takes, one call each.
    public private(set) var commands: [[String]] = []
    /// What is left as it is, because it is another's now; a line each.
    public private(set) var left: [String] = []

    /// Plans to take back edits, the last first, from a site as it is now.
    ///
    /// What still is as it was set goes back to what it was before. Of a list that has grown since, only our item goes.
    public init(_ edits: [PostfixEdit], in site: PostfixSite) {
        for edit in edits.reversed() { takeBack(edit, site) }
    }

    private mutating func takeBack(_ edit: PostfixEdit, _ site: PostfixSite) {
        switch edit {
        case .parameter("transport_maps", let before, "$site_transport_maps", _)
        where site.text("transport_maps").contains("$site_transport_maps"):
            // The site's routes as they are by now, wherever they were added since.
            let routes = Self.trimmed(
                site.text("transport_maps").replacing("$site_transport_maps", with: site.text("site_transport_maps")))
            commands.append(
                routes.isEmpty && before == nil ? ["-X", "transport_maps"] : ["-e", "transport_maps = \(routes)"])
        case .parameter("site_transport_maps", nil, _, _)
        where site.text("transport_maps").contains("$site_transport_maps"):
            if site.written["site_transport_maps"] != nil { commands.append(["-X", "site_transport_maps"]) }
        case .parameter(let name, let before, let after, let item):
            guard let now = site.written[name] else { return }
            if now == after {
                commands.append(before.map { ["-e", "\(name) = \($0)"] } ?? ["-X", name])
            } else if let rest = Self.removed(item ?? after, from: now) {
                commands.append(rest.isEmpty && before == nil ? ["-X", name] : ["-e", "\(name) = \(rest)"])
            } else if now != before ?? "" {
                left.append("\(name) is now \(now)")
            }
        case .service(let key, let entry):
            guard let now = site.service(key) else { return }
            if now == MasterService(entry) {
                commands.append(["-MX", key])
            } else {
                left.append("the service \(key) was changed since")
            }
        case .option(let service, let name, let before, let after, let item):
            guard let now = site.service(service)?[option: name] else { return }
            if now == after {
                commands.append(before.map { ["-P", "\(service)/\(name)=\($0)"] } ?? ["-PX", "\(service)/\(name)"])
            } else if let item, let rest = Self.removed(item, from: now), !rest.contains(where: \.isWhitespace) {
                commands.append(["-P", "\(service)/\(name)=\(rest)"])
            } else if now != before {
                left.append("\(service)/\(name) is now \(now)")
            }
        }
    }

    private static func trimmed(_ list: String) -> String {
        func isSeparator(_ character: Character) -> Bool { character == "," || character.isWhitespace }
        var rest = list.drop(while: isSeparator)
        while let last = rest.last, isSeparator(last) { rest.removeLast() }
        return String(rest)
    }

    /// A list without an item and the comma or blank beside it; `nil` if it does not have it.
    static func removed(_ item: String, from list: String) -> String? {
        guard let range = list.firstRange(of: item) else { return nil }
        func isSeparator(_ character: Character) -> Bool { character == "," || character.isWhitespace }
        var head = list[..<range.lowerBound]
        let tail = list[range.upperBound...].drop(while: isSeparator)
        while let last = head.last, isSeparator(last) { head.removeLast() }
        if head.isEmpty || tail.isEmpty { return String(head + tail) }
        return list.contains(where: \.isWhitespace) ? "\(head), \(tail)" : "\(head),\(tail)"
    }
}
