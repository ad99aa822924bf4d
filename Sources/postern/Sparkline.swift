// SPDX-License-Identifier: Apache-2.0

/// Numbers as a row of bars of text, one character each.
enum Sparkline {
    private static let bars = Array("▁▂▃▄▅▆▇█")

    /// The last `width` numbers; a nought is a blank, the largest the full height.
    static func text(_ numbers: [Int], width: Int) -> String {
        let shown = numbers.suffix(max(0, width))
        let most = max(1, shown.max() ?? 1)
        return String(
            shown.map { number in
                guard number > 0 else { return " " }
                return bars[min(bars.count - 1, number * bars.count / most)]
            })
    }
}
