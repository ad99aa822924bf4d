// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import PosternCore
internal import Settings
internal import StatusModel

/// The query of a request, read strictly: a parameter that is misspelt must not be taken for one that is left out.
struct Question {
    private let values: [Substring: Substring]

    /// - Throws: ``Refusal`` if it has a parameter that is not among the known ones, or one twice.
    init(_ request: Request, knows known: Set<String>) throws(Refusal) {
        var values: [Substring: Substring] = [:]
        for (name, value) in request.uri.queryParameters {
            guard known.contains(String(name)) else {
                throw Refusal(
                    .badRequest, "unknown parameter: \(name)",
                    advice: "known here: " + known.sorted().joined(separator: ", "))
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Refusal(.badRequest, "\(name) stands twice")
            }
        }
        self.values = values
    }

    /// A parameter's text; `nil` if it is left out or empty.
    func text(_ name: String) -> String? {
        values[name[...]].flatMap { $0.isEmpty ? nil : String($0) }
    }

    /// A whole number within bounds.
    func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws(Refusal) -> Int {
        guard let text = text(name) else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            throw Refusal(.badRequest, "\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A duration before `now`.
    func moment(_ name: String, before now: Moment, default fallback: Duration) throws(Refusal) -> Moment {
        guard let text = text(name) else { return now - fallback }
        guard let duration = Duration(written: text) else {
            throw Refusal(.badRequest, "\(name) is a duration such as 90m, 24h or 7d")
        }
        return now - duration
    }

    /// One of a closed list of words.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, default fallback: Value
    ) throws(Refusal) -> Value where Value.RawValue == String {
        guard let text = text(name) else { return fallback }
        guard let value = Value(rawValue: text) else {
            let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.badRequest, "\(name) is one of \(words)")
        }
        return value
    }
}
