// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc

/// The option with which a command goes on showing its answer.
struct Watching: ParsableArguments {
    @Flag(help: "Show it again every two seconds, until it is interrupted.") var watch = false

    /// Shows what `show` prints, once or again and again.
    func run(_ show: () async throws -> Void) async throws {
        guard watch else { return try await show() }
        while true {
            // On a terminal each showing takes the place of the last; elsewhere they follow each other.
            if Terminal.isTerminal { print("\u{1B}[H\u{1B}[2J", terminator: "") }
            try await show()
            fflush(nil)
            try await Task.sleep(for: .seconds(2))
        }
    }
}
