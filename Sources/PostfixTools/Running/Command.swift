// SPDX-License-Identifier: Apache-2.0

/// One program to be run: by its path, with its arguments as they are, never through a shell.
public struct Command: Hashable, Sendable {
    /// The absolute path of the program.
    public var program: String
    /// What follows the program's name.
    public var arguments: [String]
    /// What it reads from its standard input; nothing unless told.
    public var input: [UInt8]

    /// A program and its arguments.
    public init(_ program: String, _ arguments: [String] = [], input: [UInt8] = []) {
        self.program = program
        self.arguments = arguments
        self.input = input
    }

    /// The program's name without its directory.
    var name: String {
        String(program.suffix(from: program.lastIndex(of: "/").map(program.index(after:)) ?? program.startIndex))
    }
}
