// SPDX-License-Identifier: Apache-2.0

/// Several measurements of one thing: the median, and how far they lie apart.
struct Spread: Encodable {
    let median: Double
    let minimum: Double
    let maximum: Double

    init(_ values: [Double]) {
        let sorted = values.sorted()
        minimum = sorted.first ?? 0
        maximum = sorted.last ?? 0
        let middle = sorted.count / 2
        if sorted.isEmpty {
            median = 0
        } else if sorted.count % 2 == 1 {
            median = sorted[middle]
        } else {
            median = (sorted[middle - 1] + sorted[middle]) / 2
        }
    }

    /// Such as `4,812 (4,700…4,930)`.
    func text(digits: Int = 0) -> String {
        "\(Self.text(median, digits)) (\(Self.text(minimum, digits))…\(Self.text(maximum, digits)))"
    }

    static func text(_ value: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((value * scale).rounded())
        var whole = String(scaled / Int(scale))
        var index = whole.count - 3
        while index > 0 {
            whole.insert(",", at: whole.index(whole.startIndex, offsetBy: index))
            index -= 3
        }
        guard digits > 0 else { return whole }
        let rest = String(scaled % Int(scale))
        return whole + "." + String(repeating: "0", count: digits - rest.count) + rest
    }
}
