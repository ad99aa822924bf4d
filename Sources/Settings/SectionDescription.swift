// SPDX-License-Identifier: Apache-2.0

/// What a table of a settings file may hold, gathered from the declarations while it was read.
public final class SectionDescription {
    /// How the table is written.
    public enum Form: Sendable {
        /// The document itself.
        case root
        /// `[name]`
        case table
        /// `[[name]]`, any number of times.
        case tables
        /// `name = [{ … }, { … }]`
        case inlineTables
    }

    /// The table's name; empty for the root.
    public let name: String
    /// How it is written.
    public let form: Form
    /// What it is for.
    public let help: String
    /// Its keys, in the order of declaration.
    public internal(set) var keys: [KeyDescription] = []
    /// The tables below it, in the order of declaration.
    public internal(set) var sections: [SectionDescription] = []

    init(name: String, form: Form, help: String) {
        self.name = name
        self.form = form
        self.help = help
    }

    static func root() -> SectionDescription {
        SectionDescription(name: "", form: .root, help: "")
    }
}

/// One key of a settings file.
public struct KeyDescription: Hashable, Sendable {
    /// Whether the key may be left out.
    public enum Presence: Sendable {
        /// `source` holds if it is left out.
        case hasDefault
        /// It may be left out; `source` is an example.
        case optional
        /// It must be given; `source` is an example.
        case required
    }

    /// The key.
    public let name: String
    /// What it takes, with bounds and units.
    public let wanted: String
    /// The default or an example, as TOML source.
    public let source: String
    /// Whether it may be left out.
    public let presence: Presence
    /// What it does.
    public let help: String
}
