// SPDX-License-Identifier: Apache-2.0

/// Where Postfix's programs are, and for which of its instances they are run.
public struct PostfixPrograms: Hashable, Sendable {
    /// The directory of postconf(1), postqueue(1) and their like (`command_directory`).
    public var directory: String
    /// The configuration directory of the instance (`-c`); `nil` for Postfix's own default.
    ///
    /// For commands that a user other than root runs, it has to stand in `alternate_config_directories` of the default
    /// instance.
    public var configuration: String?

    /// Programs of a directory.
    public init(directory: String = "/usr/sbin", configuration: String? = nil) {
        self.directory = directory
        self.configuration = configuration
    }

    /// A command of one of them.
    func command(_ name: String, _ arguments: [String], input: [UInt8] = []) -> Command {
        Command("\(directory)/\(name)", (configuration.map { ["-c", $0] } ?? []) + arguments, input: input)
    }
}
