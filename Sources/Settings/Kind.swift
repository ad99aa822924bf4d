// SPDX-License-Identifier: Apache-2.0

/// A kind of value that a key takes: how it is read, what is said when it is not one, how it is written.
public struct Kind<Value>: Sendable {
    /// What is wanted, with an article, to stand after "takes": `a duration such as "90s", "10m" or "2h"`.
    public let wanted: String
    let read: @Sendable (Node) -> Reading<Value>
    let write: @Sendable (Value) -> String

    /// A kind from its two directions; `write` gives TOML source.
    public init(
        _ wanted: String, read: @escaping @Sendable (Node) -> Reading<Value>,
        write: @escaping @Sendable (Value) -> String
    ) {
        self.wanted = wanted
        self.read = read
        self.write = write
    }
}

/// What came of reading one value.
public enum Reading<Value> {
    /// It is a value of the kind.
    case value(Value)
    /// The TOML type is another.
    case wrongType
    /// The type is right, the value is not; the text says why and stands after the key.
    case refused(String)
}

extension Kind where Value == String {
    /// Any text but the empty one.
    public static var text: Kind {
        Kind("a string") { node in
            guard case .string(let text) = node else { return .wrongType }
            return text.isEmpty ? .refused("is empty") : .value(text)
        } write: {
            quoted($0)
        }
    }

    /// The absolute path of a file or directory.
    public static var absolutePath: Kind {
        Kind("an absolute path") { node in
            guard case .string(let text) = node else { return .wrongType }
            return text.hasPrefix("/") ? .value(text) : .refused("\(quoted(text)) is not an absolute path")
        } write: {
            quoted($0)
        }
    }
}

extension Kind where Value == Bool {
    /// `true` or `false`.
    public static var flag: Kind {
        Kind("true or false") { node in
            guard case .boolean(let flag) = node else { return .wrongType }
            return .value(flag)
        } write: {
            $0 ? "true" : "false"
        }
    }
}

extension Kind where Value == Int {
    /// A whole number within bounds.
    public static func integer(in range: ClosedRange<Int>, unit: String = "") -> Kind {
        let unit = unit.isEmpty ? "" : " (\(unit))"
        return Kind("a whole number from \(range.lowerBound) to \(range.upperBound)\(unit)") { node in
            guard case .integer(let number) = node else { return .wrongType }
            return range.contains(number)
                ? .value(number) : .refused("\(number) is not within \(range.lowerBound)…\(range.upperBound)")
        } write: {
            String($0)
        }
    }
}

extension Kind where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of a closed list of words.
    public static var choice: Kind {
        let values = Array(Value.allCases)
        let words = values.map(\.rawValue)
        return Kind("one of " + words.map(quoted).joined(separator: ", ")) { node in
            guard case .string(let text) = node else { return .wrongType }
            if let index = words.firstIndex(of: text) { return .value(values[index]) }
            let hint = nearest(to: text, among: words).map { "; did you mean \(quoted($0))?" } ?? ""
            return .refused("\(quoted(text)) is not one of \(words.map(quoted).joined(separator: ", "))\(hint)")
        } write: {
            quoted($0.rawValue)
        }
    }
}

extension Kind {
    /// An array whose elements are all of one kind.
    public static func list<Element>(of kind: Kind<Element>) -> Kind where Value == [Element] {
        Kind("an array, each element \(kind.wanted)") { node in
            guard case .array(let nodes) = node else { return .wrongType }
            var elements: [Element] = []
            for (offset, node) in nodes.enumerated() {
                switch kind.read(node) {
                case .value(let element): elements.append(element)
                case .wrongType:
                    return .refused("element \(offset + 1) is \(node.typeName), where \(kind.wanted) belongs")
                case .refused(let reason): return .refused("element \(offset + 1): \(reason)")
                }
            }
            return .value(elements)
        } write: { elements in
            "[" + elements.map(kind.write).joined(separator: ", ") + "]"
        }
    }

    /// A string that `parse` understands, or refuses in words.
    public static func parsed(
        _ wanted: String, parse: @escaping @Sendable (String) -> Reading<Value>,
        print: @escaping @Sendable (Value) -> String
    ) -> Kind {
        Kind(wanted) { node in
            guard case .string(let text) = node else { return .wrongType }
            return parse(text)
        } write: {
            quoted(print($0))
        }
    }
}

/// `text` as a TOML basic string.
public func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": result += "\\\(scalar)"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
