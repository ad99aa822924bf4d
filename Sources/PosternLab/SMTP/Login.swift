// SPDX-License-Identifier: Apache-2.0

/// A user of the submission service.
public struct Login: Hashable, Sendable {
    /// The login name with its realm: `alice@lab.example`.
    public var user: String
    /// The password.
    public var password: String

    /// A user with a password.
    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// A user that each lab has.
    public static let alice = Login(user: "alice@\(Place.domain)", password: "alice's secret")
    /// Another user that each lab has.
    public static let bob = Login(user: "bob@\(Place.domain)", password: "bob's secret")
}
