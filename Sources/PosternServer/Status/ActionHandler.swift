// SPDX-License-Identifier: Apache-2.0
internal import StatusModel

/// A part that does what is ordered over the status socket.
protocol ActionHandler: Sendable {
    /// Whether it keeps each order itself; else that is done for it.
    var auditsItself: Bool { get }

    /// Does it, in the name of the user who ordered it.
    /// - Returns: What came of it; `nil` if it is no action of this part.
    /// - Throws: ``Refusal`` if it cannot be done.
    func perform(_ action: StatusAction, by user: String) async throws -> ActionReport?
}

extension ActionHandler {
    var auditsItself: Bool { false }
}
