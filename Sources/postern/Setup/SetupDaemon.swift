// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PostfixTools

/// The daemon under systemd, which has to read its configuration anew before Postfix is told of it.
enum SetupDaemon {
    private static let units = ["/etc/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system"]

    /// Restarts it where its configuration has changed, starts it where it does not run.
    static func restart(isChanged: Bool) {
        let isInstalled = units.contains { access("\($0)/postern.service", F_OK) == 0 }
        guard access("/run/systemd/system", F_OK) == 0, isInstalled else {
            return print("restart the daemon, for its configuration is another now")
        }
        let verb = isChanged ? "restart" : "start"
        do throws(CommandError) {
            try CommandRunner(limit: .seconds(60)).run(Command("/usr/bin/systemctl", [verb, "postern.service"]))
                .orThrow()
            print("postern.service: \(verb)ed")
        } catch {
            // Postfix goes on without it; postern.service says more.
            Terminal.complain("postern setup: \(error)")
        }
    }
}
