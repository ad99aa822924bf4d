// SPDX-License-Identifier: Apache-2.0

/// What the selector is called that follows another.
public enum SelectorSuccession {
    /// Digits at a selector's end that are taken for a number; more would not fit into one.
    private static let mostDigits = 9

    /// The next selector that `isTaken` does not call taken: its number one higher, or a 2 behind a name that has none.
    /// - Returns: `nil` where all of the next thousand are taken.
    public static func next(after selector: String, isTaken: (String) -> Bool) -> String? {
        var stem = Substring(selector)
        var digits = ""
        while let last = stem.last, ("0"..."9").contains(last), digits.count < mostDigits {
            digits = "\(last)\(digits)"
            stem.removeLast()
        }
        let first = (Int(digits) ?? 1) + 1
        for number in first..<(first + 1000) {
            let text = String(number)
            let candidate = stem + String(repeating: "0", count: max(0, digits.count - text.count)) + text
            if !isTaken(String(candidate)) { return String(candidate) }
        }
        return nil
    }
}
