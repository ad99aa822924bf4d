// SPDX-License-Identifier: Apache-2.0

/// One change of main.cf or master.cf, and what was there before.
public enum PostfixEdit: Hashable, Sendable, Codable {
    /// A parameter of main.cf; `item` is what was added to a list that is the site's.
    case parameter(name: String, before: String?, after: String, item: String? = nil)
    /// A new service of master.cf, by its name and type.
    case service(key: String, entry: String)
    /// A service's own parameter, by the service's name and type; `item` as above.
    case option(service: String, name: String, before: String?, after: String, item: String? = nil)

    /// What postconf(1) takes to make the change.
    public var arguments: [String] {
        switch self {
        case .parameter(let name, _, let after, _): ["-e", "\(name) = \(after)"]
        case .service(let key, let entry): ["-M", "\(key)=\(entry)"]
        case .option(let service, let name, _, let after, _): ["-P", "\(service)/\(name)=\(after)"]
        }
    }

    /// The file that it changes.
    public var file: String {
        switch self {
        case .parameter: "main.cf"
        case .service, .option: "master.cf"
        }
    }

    /// The change as a line for a shell.
    public var line: String {
        let arguments = arguments
        return "postconf \(arguments[0]) '\(arguments[1].replacing("'", with: #"'\''"#))'"
    }
}
