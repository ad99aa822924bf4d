// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
internal import Logging
internal import PosternServer
internal import Settings

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the daemon, in the foreground.")

    @OptionGroup var file: ConfigurationFile

    func run() async throws {
        // Sockets and files of ours are for the owner and the group, from the first moment on.
        umask(0o007)
        // A peer that goes away is an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let writer = LogWriter()
        LoggingSystem.bootstrap { writer.handler(label: $0) }
        let daemon = try file.orLeave { path throws(Problems) in try Daemon(configurationFile: path) }
        defer { writer.flush() }
        do {
            try await daemon.run()
        } catch {
            Terminal.complain("postern: \(error)")
            throw ExitStatus.finding
        }
    }
}

/// The option that names the configuration file.
struct ConfigurationFile: ParsableArguments {
    @Option(name: [.customShort("c"), .customLong("config")], help: "The configuration file.")
    var path = Configuration.standardPath

    /// The configuration where a package puts it; what is wrong with it is printed, and the process ends with 78.
    static func standard() throws -> Configuration {
        var file = ConfigurationFile()
        file.path = Configuration.standardPath
        return try file.orLeave(Configuration.load)
    }

    /// What `load` makes of the file; what is wrong with it is printed, and the process ends with 78.
    func orLeave<Value>(_ load: (String) throws(Problems) -> Value) throws -> Value {
        try Self.value(of: path, load)
    }

    /// What `load` makes of the file at `path`; what is wrong with it is printed, and the process ends with 78.
    static func value<Value>(of path: String, _ load: (String) throws(Problems) -> Value) throws -> Value {
        do throws(Problems) {
            return try load(path)
        } catch {
            for problem in error.all { Terminal.complain("postern: \(problem)") }
            throw ExitStatus.configuration
        }
    }
}
