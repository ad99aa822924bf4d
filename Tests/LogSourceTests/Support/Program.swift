// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Runs installed programs.
enum Program {
    struct Failure: Error {
        let program: String
        let status: Int32
    }

    /// Runs a program to its end.
    static func run(_ program: String, _ arguments: [String], input: String? = nil) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(program: program, status: process.terminationStatus)
        }
    }
}
