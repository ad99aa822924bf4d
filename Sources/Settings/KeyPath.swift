// SPDX-License-Identifier: Apache-2.0

/// Where a value stands in a TOML document: keys and array positions from the root.
struct KeyPath: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    var steps: [Step] = []

    func appending(_ step: Step) -> KeyPath {
        KeyPath(steps: steps + [step])
    }
}

extension KeyPath: CustomStringConvertible {
    /// As a person counts: the first of several `[[domain]]` tables is `domain[1]`.
    var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .key(let name): text += text.isEmpty ? name : "." + name
            case .index(let index): text += "[\(index + 1)]"
            }
        }
    }
}
