// SPDX-License-Identifier: Apache-2.0
import DKIM
import Foundation

/// dkimpy (Debian: python3-dkim), a verifier that shares no line with libopendkim or with us.
enum DKIMPy {
    struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    /// Verifies signatures of many messages in one process, as its start takes longest.
    ///
    /// - Parameters:
    ///   - messages: whole messages.
    ///   - count: how many signatures of each are verified, from the top.
    ///   - records: the keys.
    /// - Returns: for each message a word for each signature: `pass`, `fail`, or dkimpy's complaint.
    /// - Throws: `Unavailable` where Python or dkimpy is missing.
    static func verify(_ messages: [[UInt8]], count: Int, records: [KeyRecord]) throws -> [[String]] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dkimpy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (index, message) in messages.enumerated() {
            try Data(message).write(to: folder.appendingPathComponent("\(index)"))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments =
            ["-c", script, folder.path, "\(messages.count)", "\(count)"]
            + records.flatMap { ["\($0.selector)._domainkey.\($0.domain).", $0.text] }
        let output = Pipe()
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw Unavailable(description: "/usr/bin/python3 is not installed: \(error)")
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let lines = text.split(separator: "\n")
        guard process.terminationStatus == 0, lines.count == messages.count else {
            throw Unavailable(description: "install python3-dkim and python3-nacl; Python said: \(text)")
        }
        return lines.map { $0.split(separator: "\t").map(String.init) }
    }

    private static let script = """
        import sys
        try:
            import dkim, nacl
        except ImportError as missing:
            print(missing)
            sys.exit(1)
        folder, messages, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
        records = dict(zip(sys.argv[4::2], sys.argv[5::2]))
        def look_up(name, timeout=5):
            record = records.get(name.decode())
            return record and record.encode()
        def word(message, index):
            try:
                return 'pass' if dkim.DKIM(message).verify(idx=index, dnsfunc=look_up) else 'fail'
            except dkim.DKIMException as error:
                return repr(error)
        for number in range(messages):
            message = open('%s/%d' % (folder, number), 'rb').read()
            print('\\t'.join(word(message, index) for index in range(count)))
        """
}
