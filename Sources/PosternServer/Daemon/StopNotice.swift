// SPDX-License-Identifier: Apache-2.0
internal import ServiceLifecycle

/// Tells systemd of a stop as soon as it begins: the last service of the group, for that is stopped first.
struct StopNotice: Service {
    func run() async throws {
        try? await gracefulShutdown()
        Supervisor.stopping()
    }
}
