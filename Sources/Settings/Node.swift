// SPDX-License-Identifier: Apache-2.0
internal import TOMLKit

/// A TOML value as the readers of this target see it: plain, copied out of the parser, safe to keep.
public indirect enum Node: Hashable, Sendable {
    /// A table, written as `[name]`, `[[name]]` or `{ … }`.
    case table([String: Node])
    /// An array of any values.
    case array([Node])
    /// Text.
    case string(String)
    /// A 64-bit number.
    case integer(Int)
    /// A floating-point number.
    case double(Double)
    /// `true` or `false`.
    case boolean(Bool)
    /// A date or time, which no setting of ours takes; kept to be refused by name.
    case other(String)

    /// What the value is, in the words of an error message.
    public var typeName: String {
        switch self {
        case .table: "a table"
        case .array: "an array"
        case .string: "a string"
        case .integer: "an integer"
        case .double: "a number with a fraction"
        case .boolean: "a boolean"
        case .other(let name): "a \(name)"
        }
    }
}

extension Node {
    init(_ value: any TOMLValueConvertible) {
        switch value.type {
        case .table:
            var entries: [String: Node] = [:]
            for (key, inner) in value.table ?? TOMLTable() { entries[key] = Node(inner) }
            self = .table(entries)
        case .array:
            var elements: [Node] = []
            for inner in value.array ?? TOMLArray() { elements.append(Node(inner)) }
            self = .array(elements)
        case .string: self = .string(value.string ?? "")
        case .int: self = .integer(value.int ?? 0)
        case .double: self = .double(value.double ?? 0)
        case .bool: self = .boolean(value.bool ?? false)
        case .date, .time, .dateTime: self = .other(value.type.description)
        }
    }
}
