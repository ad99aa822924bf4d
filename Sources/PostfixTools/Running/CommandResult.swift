// SPDX-License-Identifier: Apache-2.0

/// What a program that has ended by itself said.
public struct CommandResult: Hashable, Sendable {
    /// The program, for messages.
    public let program: String
    /// How it ended.
    public let exit: CommandExit
    /// Its standard output; empty where that was handed on piece by piece.
    public let output: [UInt8]
    /// The first of its standard error, ``CommandRunner/maximumErrors`` bytes at most.
    public let errors: [UInt8]

    /// Whether it ended with exit status 0.
    public var isSuccess: Bool { exit == .exited(0) }

    /// Its standard output as text; what is not UTF-8 is replaced.
    public var text: String { String(decoding: output, as: UTF8.self) }

    /// The last line of its standard error that says something, without control characters; how it ended where there is none.
    ///
    /// Postfix's commands say what is fatal last.
    public var complaint: String {
        let lines = errors.split { $0 == UInt8(ascii: "\n") }
        guard let line = lines.last(where: { $0.contains { $0 > 0x20 } }) else { return exit.description }
        let text = String(decoding: line.prefix(500), as: UTF8.self)
        return String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) }))
    }

    /// Passes on what succeeded.
    /// - Throws: ``CommandError/failed(program:complaint:)``
    @discardableResult
    public func orThrow() throws(CommandError) -> CommandResult {
        guard isSuccess else { throw .failed(program: program, complaint: complaint) }
        return self
    }
}
