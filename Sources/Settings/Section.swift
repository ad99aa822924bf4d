// SPDX-License-Identifier: Apache-2.0

/// One table of a settings file while it is being read.
///
/// A type that is configured reads itself from a section: each call below declares a key — its kind, default, help —
/// and gives its value in the same breath. What was declared is what is known: other keys are refused with the nearest
/// known one, and the sample file, the description and the man page are made from the same declarations.
public struct Section {
    let document: SettingsDocument
    let path: KeyPath
    let table: [String: Node]
    let description: SectionDescription

    /// A key that may be left out.
    public func value<Value>(
        _ name: String, _ kind: Kind<Value>, default fallback: Value, help: String
    ) -> Value {
        declare(name, kind.wanted, source: kind.write(fallback), presence: .hasDefault, help)
        return read(name, kind) ?? fallback
    }

    /// A key that may be left out, and then means something that no value says; `help` tells what.
    public func optional<Value>(_ name: String, _ kind: Kind<Value>, example: Value, help: String) -> Value? {
        declare(name, kind.wanted, source: kind.write(example), presence: .optional, help)
        return read(name, kind)
    }

    /// A key that must be given.
    ///
    /// Where it is missing the example stands in, and the reading as a whole fails.
    public func required<Value>(_ name: String, _ kind: Kind<Value>, example: Value, help: String) -> Value {
        declare(name, kind.wanted, source: kind.write(example), presence: .required, help)
        if table[name] == nil && !document.isDescribing {
            complain("is missing", advice: "it takes \(kind.wanted)", at: name)
        }
        return read(name, kind) ?? example
    }

    /// The table `[name]` below this one; an absent one is read as empty, so that its defaults hold.
    public func table<Value>(_ name: String, help: String, read: (Section) -> Value) -> Value {
        let inner = SectionDescription(name: name, form: .table, help: help)
        description.sections.append(inner)
        var entries: [String: Node] = [:]
        switch table[name] {
        case nil: break
        case .table(let found): entries = found
        case .some(let node):
            complain("is \(node.typeName), where a table belongs", advice: "write [\(name)]", at: name)
        }
        return descend(into: entries, at: path.appending(.key(name)), inner, read)
    }

    /// The tables `[[name]]` below this one, or an array of inline tables; none if it is absent.
    public func tables<Value>(
        _ name: String, inline: Bool = false, help: String, read: (Section) -> Value
    ) -> [Value] {
        let inner = SectionDescription(name: name, form: inline ? .inlineTables : .tables, help: help)
        description.sections.append(inner)
        if document.isDescribing { return [descend(into: [:], at: path, inner, read)] }
        guard let node = table[name] else { return [] }
        let form = inline ? "\(name) = [{ … }, …]" : "[[\(name)]]"
        guard case .array(let nodes) = node else {
            complain("is \(node.typeName), where an array of tables belongs", advice: "write \(form)", at: name)
            return []
        }
        return nodes.enumerated().compactMap { offset, node in
            let place = path.appending(.key(name)).appending(.index(offset))
            guard case .table(let entries) = node else {
                document.complain("is \(node.typeName), where a table belongs", advice: "write \(form)", at: place)
                return nil
            }
            return descend(into: entries, at: place, inner, read)
        }
    }

    /// Says that a value, though well formed, cannot stand; for checks that look at several keys or at the world.
    public func complain(_ complaint: String, advice: String = "", at name: String) {
        document.complain(complaint, advice: advice, at: path.appending(.key(name)))
    }

    /// Says what is wrong in another file that this one names.
    public func report(_ problems: Problems) {
        document.report(problems)
    }

    /// Whether only a description is being made: then nothing outside the file may be looked at.
    public var isDescribing: Bool { document.isDescribing }

    private func declare(
        _ name: String, _ wanted: String, source: String, presence: KeyDescription.Presence, _ help: String
    ) {
        description.keys.append(
            KeyDescription(name: name, wanted: wanted, source: source, presence: presence, help: help))
    }

    private func read<Value>(_ name: String, _ kind: Kind<Value>) -> Value? {
        guard let node = table[name] else { return nil }
        switch kind.read(node) {
        case .value(let value): return value
        case .wrongType: complain("is \(node.typeName)", advice: "it takes \(kind.wanted)", at: name)
        case .refused(let reason): complain(reason, at: name)
        }
        return nil
    }

    private func descend<Value>(
        into entries: [String: Node], at place: KeyPath, _ inner: SectionDescription, _ read: (Section) -> Value
    ) -> Value {
        let section = Section(document: document, path: place, table: entries, description: inner)
        let value = read(section)
        section.refuseUnknownKeys()
        return value
    }

    func refuseUnknownKeys() {
        let known = Set(description.keys.map(\.name) + description.sections.map(\.name))
        for name in table.keys where !known.contains(name) {
            let hint = nearest(to: name, among: known).map { "did you mean \(quoted($0))?" }
            let advice = hint ?? "known here: " + known.sorted().joined(separator: ", ")
            complain("unknown key", advice: advice, at: name)
        }
    }
}
