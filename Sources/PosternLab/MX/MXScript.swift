// SPDX-License-Identifier: Apache-2.0

/// How a mail exchanger behaves.
///
/// The first rule that fits acts; without one it accepts.
public struct MXScript: Sendable {
    /// The rules in their order.
    public var rules: [MXRule]
    /// What EHLO announces.
    public var extensions: [String]

    /// A script; with no rules it accepts everything.
    public init(
        _ rules: [MXRule],
        extensions: [String] = ["PIPELINING", "SIZE 37748736", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8"]
    ) {
        self.rules = rules
        self.extensions = extensions
    }

    /// Refuses with this reply at this stage.
    public static func refusing(_ reply: String, at stage: MXStage) -> MXScript { MXScript([.reply(reply, at: stage)]) }
}

extension MXScript: ExpressibleByArrayLiteral {
    /// A script of these rules.
    public init(arrayLiteral rules: MXRule...) { self.init(rules) }
}
