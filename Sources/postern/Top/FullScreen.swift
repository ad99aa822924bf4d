// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// The whole terminal, until it is given back as it was.
final class FullScreen {
    /// Why a wait ended.
    enum Event {
        /// The time is up.
        case timePassed
        /// The terminal has another size.
        case resized
        /// A key or a signal says that it is enough.
        case quit
    }

    /// Set by the signals that end it; a handler may do no more.
    private static let isEnded = Atomic<Bool>(false)

    private var former = termios()

    /// Takes the terminal: another screen, no cursor, keys as they are struck.
    init() {
        tcgetattr(STDIN_FILENO, &former)
        var raw = former
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
        // Without SA_RESTART, so that poll(2) returns at once.
        for number in [SIGINT, SIGTERM, SIGHUP] {
            Self.handle(number) { _ in FullScreen.isEnded.store(true, ordering: .relaxed) }
        }
        Self.handle(SIGWINCH) { _ in }
        put("\u{1B}[?1049h\u{1B}[?25l")
    }

    /// Gives the terminal back.
    func leave() {
        put("\u{1B}[?25h\u{1B}[?1049l")
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &former)
    }

    /// Columns.
    var width: Int { Terminal.size?.columns ?? 80 }
    /// Lines.
    var height: Int { Terminal.size?.rows ?? 24 }

    /// Shows these lines in place of what was there.
    func draw(_ lines: [String]) {
        put("\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
    }

    /// Waits for a key, a signal or the time to pass.
    func wait(milliseconds: Int32) -> Event {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        let count = poll(&input, 1, milliseconds)
        if Self.isEnded.load(ordering: .relaxed) { return .quit }
        if count < 0 { return .resized }
        if count == 0 { return .timePassed }
        var key: UInt8 = 0
        // The end of input is the end of whoever watches.
        guard read(STDIN_FILENO, &key, 1) == 1 else { return .quit }
        return key == UInt8(ascii: "q") || key == 3 || key == 27 ? .quit : .resized
    }

    private static func handle(_ number: CInt, _ handler: @escaping @convention(c) (CInt) -> Void) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        sigaction(number, &action, nil)
    }

    private func put(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
