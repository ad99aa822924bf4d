// SPDX-License-Identifier: Apache-2.0

/// The version of this program.
public enum Version {
    /// As CHANGELOG.md has it.
    public static let number = "0.1.0"
    /// Name and number.
    public static let text = "postern \(number)"
}
