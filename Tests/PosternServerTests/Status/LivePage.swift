// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A page in a headless Chromium that stays open, driven through its debugging pipe (Chrome DevTools Protocol).
final class LivePage {
    static let browser = "/usr/bin/chromium"

    private let process = Process()
    private let (entry, exit) = (Pipe(), Pipe())

    /// Opens a page and marks its window, so that a page that was loaded anew shows.
    init(_ address: String, profile: String) throws {
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-u", "-c", Self.driver, Self.browser, profile, address]
        process.standardInput = entry
        process.standardOutput = exit
        try process.run()
    }

    /// Waits until the page's heading contains a text.
    /// - Returns: What the driver says: whether it is still the same window, and the heading.
    func heading(containing text: String) throws -> String {
        try entry.fileHandleForWriting.write(contentsOf: Data((text + "\n").utf8))
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = exit.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line.append(more)
        }
        return String(decoding: line, as: UTF8.self)
    }

    func close() {
        try? entry.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private static let driver = """
        import json, os, subprocess, sys, time
        browser, profile, address = sys.argv[1:]
        to_browser, for_us = os.pipe(), os.pipe()
        def wire():
            a, b = os.dup(to_browser[0]), os.dup(for_us[1])
            os.dup2(a, 3); os.dup2(b, 4)
        child = subprocess.Popen(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--user-data-dir=" + profile, "--remote-debugging-pipe"],
            preexec_fn=wire, close_fds=False, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        out, source = os.fdopen(to_browser[1], "wb", 0), os.fdopen(for_us[0], "rb")
        os.close(to_browser[0]); os.close(for_us[1])
        number = 0
        def message():
            text = b""
            while True:
                byte = source.read(1)
                if byte in (b"", b"\\0"): return json.loads(text)
                text += byte
        def ask(method, session=None, **parameters):
            global number
            number += 1
            order = {"id": number, "method": method, "params": parameters}
            if session: order["sessionId"] = session
            out.write(json.dumps(order).encode() + b"\\0")
            while True:
                answer = message()
                if answer.get("id") == number: return answer.get("result", {})
        target = ask("Target.createTarget", url=address)["targetId"]
        session = ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        def evaluate(script):
            return ask("Runtime.evaluate", session, expression=script).get("result", {}).get("value")
        def heading():
            return evaluate("(document.querySelector('h1') || {}).textContent || ''")
        def wait(text):
            end = time.time() + 40
            while text not in (heading() or "") and time.time() < end: time.sleep(0.1)
        marked = False
        for wish in sys.stdin:
            wait(wish.strip())
            if not marked: marked = evaluate("window.marker = 'same window'") is not None
            print(evaluate("window.marker"), heading())
        child.kill()
        """
}
