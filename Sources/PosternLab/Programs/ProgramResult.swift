// SPDX-License-Identifier: Apache-2.0

/// What a program that has ended said.
public struct ProgramResult: Sendable {
    /// How it ended.
    public var exit: ProgramExit
    /// Its standard output, its first 16 MiB.
    public var output: [UInt8]
    /// Its standard error, its first 16 MiB.
    public var errors: [UInt8]

    /// Whether it ended with exit status 0.
    public var isSuccess: Bool { exit == .exited(0) }
    /// Its standard output as text; what is not UTF-8 is replaced.
    public var text: String { String(decoding: output, as: UTF8.self) }
    /// Its standard error as text; what is not UTF-8 is replaced.
    public var errorText: String { String(decoding: errors, as: UTF8.self) }
}

extension ProgramResult: CustomStringConvertible {
    /// How it ended, and all it said.
    public var description: String { "\(exit)\n\(errorText)\(text)" }
}
