// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// How a command ends; the codes that scripts may rely upon.
struct ExitStatus: Error, Hashable {
    let code: Int32

    /// All is well.
    static let good = ExitStatus(code: 0)
    /// The command worked and found something amiss.
    static let finding = ExitStatus(code: 1)
    /// The command line is wrong.
    static let usage = ExitStatus(code: 2)
    /// The daemon is not reachable (`EX_UNAVAILABLE`, sysexits.h).
    static let unavailable = ExitStatus(code: 69)
    /// It cannot be done now; whoever asked shall ask again (`EX_TEMPFAIL`).
    static let tryAgain = ExitStatus(code: 75)
    /// The configuration is wrong (`EX_CONFIG`).
    static let configuration = ExitStatus(code: 78)
}

/// Ends the process.
func leave(_ status: ExitStatus) -> Never {
    exit(status.code)
}
