// SPDX-License-Identifier: Apache-2.0

/// A parameter that a service of master.cf has for itself (`-o name=value`, master(5)).
public enum ServiceParameter {
    /// Asks postconf(1) for a parameter of a service, named as `qmgr/unix`; blocks the thread.
    ///
    /// Its value is given as it stands; `nil` where there is no such service, or it has no such parameter.
    public static func read(
        _ name: String, of service: String, _ programs: PostfixPrograms = PostfixPrograms(),
        runner: CommandRunner = CommandRunner()
    ) throws(CommandError) -> String? {
        let result = try runner.run(programs.command("postconf", ["-P", "\(service)/\(name)"])).orThrow()
        // What does not exist is a warning and no line.
        return PostfixParameters(printed: result.text)["\(service)/\(name)"]
    }
}
