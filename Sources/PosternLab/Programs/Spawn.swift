// SPDX-License-Identifier: Apache-2.0
internal import CNamespaces
internal import Glibc

/// How a program is to be started, from whatever namespaces the calling thread is in.
struct Spawn {
    /// The program, by its path or by its name in `searchPath`, and its arguments.
    var arguments: [String]
    /// Whom it runs as; `nil` is root.
    var user: String?
    /// Its environment; `PATH` is added.
    var environment: [String: String] = [:]
    /// Its descriptors 0, 1 and 2; all others are closed.
    var input: CInt
    var output: CInt
    var errors: CInt
    /// Whether the terminal's signals (^C) pass it by.
    var hasOwnGroup = true

    private static let searchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]

    /// Starts it.
    /// - Returns: Its process id as the calling process sees it.
    func start() throws(LabFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Each is lifted above 2 first, so that no dup2 overwrites what a later one reads.
        let lifted = try [input, output, errors].map { descriptor throws(LabFailure) in
            try SystemCall.check("fcntl", fcntl(descriptor, F_DUPFD_CLOEXEC, 3))
        }
        defer { for descriptor in lifted { close(descriptor) } }
        for (target, descriptor) in lifted.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, CInt(target))
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let group = hasOwnGroup ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))

        let words = asUser(try located())
        let path = Self.searchPath.joined(separator: ":")
        let variables = environment.merging(["PATH": path]) { given, _ in given }.map { "\($0.key)=\($0.value)" }
        return try Self.withCStrings(words) { argv throws(LabFailure) -> pid_t in
            try Self.withCStrings(variables) { envp throws(LabFailure) -> pid_t in
                var pid: pid_t = 0
                let failure = posix_spawn(&pid, words[0], &actions, &attributes, argv, envp)
                if failure != 0 { throw .systemCall("posix_spawn \(words[0])", errno: failure) }
                return pid
            }
        }
    }

    private func located() throws(LabFailure) -> [String] {
        guard let name = arguments.first, !name.isEmpty else { throw .systemCall("posix_spawn", errno: ENOENT) }
        if name.contains("/") { return arguments }
        let candidates = Self.searchPath.map { "\($0)/\(name)" }
        guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw .systemCall("posix_spawn \(name)", errno: ENOENT)
        }
        return [path] + arguments.dropFirst()
    }

    /// The words that run these as the user.
    ///
    /// posix_spawn cannot change the user. setpriv(1) does and becomes the program: the process id stays.
    private func asUser(_ words: [String]) -> [String] {
        guard let user else { return words }
        return ["/usr/bin/setpriv", "--reuid", user, "--regid", user, "--init-groups", "--"] + words
    }

    private static func withCStrings<Answer>(
        _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) throws(LabFailure) -> Answer
    ) throws(LabFailure) -> Answer {
        let pointers = words.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return try body(pointers + [nil])
    }
}
