// SPDX-License-Identifier: Apache-2.0

/// Metrics in Prometheus's text format, version 0.0.4.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/. Families are written in the order given, each
/// once; names are the caller's own literals, values of labels may be anything.
public struct MetricsText: Sendable {
    /// The value of the answer's `Content-Type` field.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// What a family of metrics is.
    public enum Kind: String, Sendable {
        /// A number that only grows while the process lives.
        case counter
        /// A number that goes up and down.
        case gauge
        /// Observations, counted by how large they are.
        case histogram
    }

    /// A label and its value.
    public typealias Label = (name: String, value: String)

    /// The text so far.
    public private(set) var text = ""

    /// Nothing yet.
    public init() {}

    /// Begins a family: its samples follow.
    public mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// A sample of the family that was begun last.
    public mutating func sample(_ name: String, _ labels: [Label], _ value: Int) {
        text += "\(name)\(Self.written(labels)) \(value)\n"
    }

    /// A sample of the family that was begun last.
    public mutating func sample(_ name: String, _ labels: [Label], _ value: Double) {
        text += "\(name)\(Self.written(labels)) \(Self.written(value))\n"
    }

    /// A family of one sample.
    public mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        family(name, kind, help)
        sample(name, [], value)
    }

    /// The samples of a histogram: its buckets, cumulated, their sum in seconds and their count.
    public mutating func histogram(_ name: String, _ labels: [Label], _ reading: Histogram.Reading) {
        var count = 0
        for (bound, inBucket) in zip(Histogram.bounds, reading.counts) {
            count += inBucket
            let seconds = Self.written(Double(bound) / 1_000_000)
            text += "\(name)_bucket\(Self.written(labels + [("le", seconds)])) \(count)\n"
        }
        count += reading.counts.last ?? 0
        text += "\(name)_bucket\(Self.written(labels + [("le", "+Inf")])) \(count)\n"
        text += "\(name)_sum\(Self.written(labels)) \(Self.written(Double(reading.sum) / 1_000_000))\n"
        text += "\(name)_count\(Self.written(labels)) \(count)\n"
    }

    private static func written(_ labels: [Label]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",") + "}"
    }

    private static func written(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || ($0 == 0x22 && quotes) }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result.append(contentsOf: #"\\"#.unicodeScalars)
            case "\n": result.append(contentsOf: #"\n"#.unicodeScalars)
            case "\"" where quotes: result.append(contentsOf: #"\""#.unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
