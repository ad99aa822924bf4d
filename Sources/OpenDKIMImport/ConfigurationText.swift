// SPDX-License-Identifier: Apache-2.0

/// The parameters of opendkim.conf(5) and of the files that it includes, in their order.
struct ConfigurationText {
    /// One parameter.
    struct Parameter: Hashable {
        /// The name, as written.
        var name: String
        var value: String
        var place: SourceLine
    }

    /// How deep files may include each other (opendkim.conf(5), Include).
    private static let deepest = 5
    /// Parameters in all, at most; what is more is no configuration.
    private static let most = 10_000

    private(set) var parameters: [Parameter] = []
    private(set) var notes: [ImportNote] = []

    /// Reads a file by `read`, which answers `nil` for what cannot be read.
    init(of path: String, reading read: ImportFiles) {
        include(path, from: nil, depth: 0, reading: read)
    }

    /// The last of a name, in any case: a later one overrides.
    subscript(name: String) -> Parameter? { parameters.last { $0.name.lowercased() == name.lowercased() } }

    /// What a boolean says, of which only the first byte counts.
    func flag(_ name: String) -> Bool {
        guard let first = self[name]?.value.first else { return false }
        return "TtYy1".contains(first)
    }

    private mutating func include(_ path: String, from place: SourceLine?, depth: Int, reading files: ImportFiles) {
        let whole = SourceLine(file: path, number: 0)
        guard depth <= Self.deepest else {
            return notes.append(ImportNote(place ?? whole, .lost, "\(path) is included too deep, and not read"))
        }
        guard let text = files.read(path) else {
            return notes.append(ImportNote(place ?? whole, .lost, "\(path) cannot be read"))
        }
        for (number, line) in TextLines(text) {
            let line = line.prefix { $0 != "#" }
            guard let (name, value) = TextLines.keyAndValue(line) else { continue }
            let place = SourceLine(file: path, number: number)
            guard parameters.count < Self.most else {
                return notes.append(ImportNote(place, .lost, "more than \(Self.most) parameters; the rest is not read"))
            }
            if name.lowercased() == "include" {
                include(value, from: place, depth: depth + 1, reading: files)
            } else {
                parameters.append(Parameter(name: name, value: value, place: place))
            }
        }
    }
}
