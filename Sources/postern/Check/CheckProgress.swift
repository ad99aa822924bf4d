// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// How far the look-ups are, on standard error, if that is a terminal.
struct CheckProgress {
    private let isShown = isatty(STDERR_FILENO) == 1

    func show(_ done: Int, of all: Int) {
        if isShown { write("\rasked \(done) of \(all) …\u{1B}[K") }
    }

    func clear() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        var bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, &bytes, bytes.count)
    }
}
