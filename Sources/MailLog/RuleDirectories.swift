// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Replies

/// Where the shipped reply rules are.
public enum RuleDirectories {
    /// The environment variable that names the directory before all else.
    public static let variable = "POSTERN_RULES"
    /// Where a build leaves them, beside the program.
    private static let built = "postern_Replies.resources/Rules"

    /// The directory of the shipped rules: what `POSTERN_RULES` names, else where packages install them, else what was built
    /// beside this program.
    ///
    /// Where none is there, the place of the packages, so that the complaint names it.
    public static func standard() -> String {
        if let named = getenv(variable), named.pointee != 0 { return String(cString: named) }
        let shipped = ReplyRules.shippedDirectory
        guard access(shipped, R_OK | X_OK) != 0, let directory = directoryOfProgram() else { return shipped }
        let built = "\(directory)/\(Self.built)"
        return access(built, R_OK | X_OK) == 0 ? built : shipped
    }

    /// The directory in which this program's file lies (proc_pid_exe(5)).
    private static func directoryOfProgram() -> String? {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count)
        guard length > 0, length < path.count else { return nil }
        let bytes = path[..<length].map { UInt8(bitPattern: $0) }
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return String(decoding: bytes[..<slash], as: UTF8.self)
    }
}
