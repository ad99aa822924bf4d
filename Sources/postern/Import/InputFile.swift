// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Bytes of a file or of standard input, bounded.
enum InputFile {
    /// The first bytes of the file at a path, `-` being standard input; `nil` if it cannot be read.
    static func bytes(of path: String, atMost most: Int) -> [UInt8]? {
        let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        guard let handle else { return nil }
        var bytes: [UInt8] = []
        while bytes.count < most {
            guard let piece = try? handle.read(upToCount: min(1 << 16, most - bytes.count)) else {
                // At its end a read gives nothing; what fails gives nothing, too, and what came so far is all there is.
                return bytes
            }
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }
}
