// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird
internal import StatusModel

/// Reads the configuration anew when it is ordered, as at SIGHUP.
struct ReloadHandler: ActionHandler {
    let daemon: Daemon

    func perform(_ action: StatusAction, by user: String) async throws -> ActionReport? {
        guard case .reload = action else { return nil }
        let problems = await daemon.reload()
        guard let first = problems.first else {
            return ActionReport(applied: true, message: "the configuration was read anew")
        }
        throw Refusal(
            .conflict, problems.count > 1 ? "\(first) (and \(problems.count - 1) more)" : first,
            advice: "the configuration in force stays as it was")
    }
}
