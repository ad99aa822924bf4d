// SPDX-License-Identifier: Apache-2.0
internal import TOMLKit

/// One settings text being read: its tables, the lines of its keys, and what has been found wrong so far.
///
/// Made and used up within `read(_:file:as:)`; not shared between threads.
public final class SettingsDocument {
    let file: String
    let isDescribing: Bool
    private let locator: KeyLocator?
    private var problems: [Problem] = []

    private init(file: String, isDescribing: Bool, locator: KeyLocator?) {
        self.file = file
        self.isDescribing = isDescribing
        self.locator = locator
    }

    /// Reads `text` as one value; `read` declares and takes the keys of the root table.
    /// - Throws: everything that is wrong, not only the first thing, each with file, line, key and advice.
    public static func read<Value>(
        _ text: String, file: String, as read: (Section) -> Value
    ) throws(Problems) -> Value {
        let locator = KeyLocator(text)
        if let line = locator.keylessHeader {
            let complaint = "not TOML: no key stands in the brackets"
            throw Problems([Problem(file: file, line: line, key: "", complaint: complaint, advice: "write [name]")])
        }
        let root: [String: Node]
        do {
            guard case .table(let entries) = Node(try TOMLTable(string: text)) else { return try unreadable(file) }
            root = entries
        } catch let error as TOMLParseError {
            let region = error.source.begin
            let complaint = "not TOML: \(error.description) (column \(region.column))"
            throw Problems([Problem(file: file, line: region.line, key: "", complaint: complaint)])
        } catch {
            return try unreadable(file)
        }
        let document = SettingsDocument(file: file, isDescribing: false, locator: locator)
        let section = Section(
            document: document, path: KeyPath(), table: root, description: SectionDescription.root())
        let value = read(section)
        section.refuseUnknownKeys()
        if !document.problems.isEmpty { throw Problems(document.problems) }
        return value
    }

    /// What `read` would take: the declarations alone, with nothing read.
    public static func describe<Value>(_ read: (Section) -> Value) -> SectionDescription {
        let document = SettingsDocument(file: "", isDescribing: true, locator: nil)
        let root = SectionDescription.root()
        _ = read(Section(document: document, path: KeyPath(), table: [:], description: root))
        return root
    }

    func complain(_ complaint: String, advice: String, at path: KeyPath) {
        let line = locator?.line(of: path)
        problems.append(
            Problem(file: file, line: line, key: path.description, complaint: complaint, advice: advice))
    }

    func report(_ others: Problems) {
        problems += others.all
    }

    private static func unreadable<Value>(_ file: String) throws(Problems) -> Value {
        throw Problems([Problem(file: file, line: nil, key: "", complaint: "not TOML")])
    }
}
