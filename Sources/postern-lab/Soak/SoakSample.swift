// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What a process holds at a moment, by /proc.
struct SoakSample {
    /// The head of the Markdown table that rows go into.
    static let head = "| after | messages | RSS MB | descriptors | threads |\n|---|---|---|---|---|"

    private let time: Duration
    private let messages: Int
    private let kilobytes: Int
    private let descriptors: Int
    private let threads: Int

    init(of process: Int32, after time: Duration, messages: Int) throws {
        self.time = time
        self.messages = messages
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        func number(_ name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
            return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
        }
        kilobytes = number("VmRSS:")
        threads = number("Threads:")
        descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
    }

    /// One row.
    var row: String {
        let minutes = String(format: "%.1f min", Double(time.components.seconds) / 60)
        return
            "| \(minutes) | \(messages) | \(String(format: "%.1f", Double(kilobytes) / 1024)) | \(descriptors) | \(threads) |"
    }
}
