// SPDX-License-Identifier: Apache-2.0

extension UInt32 {
    /// The sum, or the largest number if it does not fit: a counter that is full stays full.
    func addingSaturating(_ other: UInt32) -> UInt32 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

extension Int {
    /// The sum of two counts, or the largest number if it does not fit.
    func addingSaturating(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
