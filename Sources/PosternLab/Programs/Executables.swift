// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where the package's own executables are found.
public enum Executables {
    /// The path of an executable built beside the running one.
    ///
    /// The environment variable of its name in capitals (`POSTERN`, `POSTERN_LAB`) overrides it.
    /// - Throws: `LabFailure.missingExecutable`
    public static func path(of name: String) throws -> String {
        let variable = name.uppercased().map { $0 == "-" ? "_" : $0 }
        let path = getenv(String(variable)).map { String(cString: $0) } ?? siblingPath(name)
        if access(path, X_OK) != 0 { throw LabFailure.missingExecutable(path, variable: String(variable)) }
        return path
    }

    private static func siblingPath(_ name: String) -> String {
        let length = Int(PATH_MAX)
        let own = String(unsafeUninitializedCapacity: length) { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { max(0, readlink("/proc/self/exe", $0, length)) } ?? 0
            }
        }
        return own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/" + name
    }
}
