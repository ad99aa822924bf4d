// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where the demo speaks: a title for each scene, what is done, what came of it.
///
/// Colour on a terminal only.
final class Stage {
    private let hasColour = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
    private var scenes = 0
    private var failures = 0
    private let began = ContinuousClock.now

    /// Begins a scene.
    func scene(_ title: String) {
        scenes += 1
        print("\n" + styled("\(scenes). \(title)", "1"))
    }

    /// Tells something.
    func say(_ text: String) {
        print("   " + text)
    }

    /// Shows something as it is, indented.
    func show(_ text: some StringProtocol) {
        for line in text.split(whereSeparator: \.isNewline) { print("   " + styled("│ ", "2") + line) }
    }

    /// Says whether something came out as it should.
    func check(_ text: String, _ isGood: Bool) {
        if !isGood { failures += 1 }
        print("   " + (isGood ? styled("✔", "32") : styled("✘", "31")) + " " + text)
    }

    /// Ends the demo.
    func curtain() {
        let seconds = began.duration(to: .now).components.seconds
        print(
            "\n"
                + (failures == 0
                    ? styled("All as it should be", "1;32") : styled("\(failures) things went wrong", "1;31"))
                + ", in \(seconds) s. Nothing is left behind: the lab was all in memory.")
        if failures > 0 { exit(1) }
    }

    private func styled(_ text: String, _ style: String) -> String {
        hasColour ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
    }
}
