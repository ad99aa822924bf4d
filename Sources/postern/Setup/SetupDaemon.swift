// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PostfixTools

/// The daemon under systemd, which has to read its configuration anew before Postfix is told of it.
enum SetupDaemon {
    private static let units = ["/etc/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system"]

    /// Restarts it where its configuration has changed, starts it where it does not run.
    /// - Throws: ``SafeFile/Failure`` where it does not come to serve: then Postfix is not to be told of it.
    static func restart(isChanged: Bool) throws {
        let isInstalled = units.contains { access("\($0)/postern.service", F_OK) == 0 }
        guard access("/run/systemd/system", F_OK) == 0, isInstalled else {
            return print("restart the daemon, for its configuration is another now")
        }
        let verb = isChanged ? "restart" : "start"
        do throws(CommandError) {
            let command = Command("/usr/bin/systemctl", [verb, "postern.service"])
            try CommandRunner(limit: .seconds(60)).run(command).orThrow()
        } catch {
            throw SafeFile.Failure(
                text: "the daemon does not start, so Postfix was left as it is: systemctl status postern (\(error))")
        }
        print("postern.service: \(verb)ed")
    }
}
