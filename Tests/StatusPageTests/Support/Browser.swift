// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A headless Chromium that loads one page and tells what became of it.
enum Browser {
    /// The scheme that the reader's system prefers.
    enum Scheme: String, Sendable {
        case dark = "0"
        case light = "1"
    }

    static let path = "/usr/bin/chromium"

    /// The document after its scripts have run.
    static func document(of html: String, scheme: Scheme = .light, width: Int = 1280) throws -> String {
        try load(html, ["--dump-dom"], scheme, width)
    }

    /// A picture of the whole page, as a PNG file at that path.
    static func picture(of html: String, to path: String, scheme: Scheme, width: Int, height: Int) throws {
        _ = try load(html, ["--screenshot=\(path)"], scheme, width, height)
    }

    private static func load(
        _ html: String, _ orders: [String], _ scheme: Scheme, _ width: Int, _ height: Int = 900
    ) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "page.html")
        try Data(html.utf8).write(to: page)
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--no-first-run", "--user-data-dir=\(folder.path())/profile", "--virtual-time-budget=2000",
                "--blink-settings=preferredColorScheme=\(scheme.rawValue)", "--window-size=\(width),\(height)",
            ] + orders + ["file://\(page.path())"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
