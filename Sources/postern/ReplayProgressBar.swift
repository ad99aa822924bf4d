// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import LogSource

/// How far a replay has come, on standard error where that is a terminal.
struct ReplayProgressBar {
    private static let cells = 30

    private let isShown = isatty(STDERR_FILENO) == 1
    private var shown = ""

    /// Draws the bar anew where it has changed.
    mutating func show(_ progress: ReplayProgress) {
        guard isShown else { return }
        let name = Terminal.harmless(String((progress.file.split(separator: "/").last ?? "-").prefix(30)))
        var text = "\(name)  \(progress.bytesRead >> 20) MiB"
        if let size = progress.size, size > 0 {
            let share = min(1, Double(progress.bytesRead) / Double(size))
            let full = Int(share * Double(Self.cells))
            let bar = String(repeating: "█", count: full) + String(repeating: "░", count: Self.cells - full)
            text = "\(name)  \(bar)  \(Int(share * 100)) %"
        }
        guard text != shown else { return }
        shown = text
        draw("\r\(text)\u{1B}[K")
    }

    /// Takes the bar away.
    func clear() {
        if !shown.isEmpty { draw("\r\u{1B}[K") }
    }

    private func draw(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
