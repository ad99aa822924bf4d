// SPDX-License-Identifier: Apache-2.0

/// Where two long lists first differ, to be read by a person; `nil` if they are the same.
func firstDifference(_ found: [String], _ expected: [String]) -> String? {
    if let index = zip(found, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset {
        return "at \(index) of \(found.count): \(found[index].prefix(120)) in place of \(expected[index].prefix(120))"
    }
    return found.count == expected.count ? nil : "\(found.count) in place of \(expected.count)"
}
