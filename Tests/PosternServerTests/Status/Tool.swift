// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A program of the host, run to its end.
enum Tool {
    static func run(_ path: String, _ arguments: String..., input: [UInt8] = []) throws -> (status: Int32, text: String)
    {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let (entry, exit) = (Pipe(), Pipe())
        process.standardInput = entry
        process.standardOutput = exit
        process.standardError = exit
        try process.run()
        try entry.fileHandleForWriting.write(contentsOf: Data(input))
        try entry.fileHandleForWriting.close()
        let bytes = exit.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
