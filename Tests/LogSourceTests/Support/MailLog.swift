// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A log in a scratch folder, its writer, and the ways in which logrotate(8) and postfix(1) rotate it.
final class MailLog {
    let folder: ScratchFolder
    let name = "mail.log"
    private(set) var count = 0
    private var descriptor: Int32 = -1
    private var isWithinLine = false

    init() throws { folder = try ScratchFolder() }

    deinit { close() }

    var path: String { folder[name] }

    static func line(_ number: Int) -> String {
        "2026-11-24T03:15:57.\(String(number + 1_000_000).dropFirst()) mx postfix/qmgr[712]: line \(number)"
    }

    /// The number of a line that is whole.
    func number(of line: String) -> Int? {
        guard let number = line.split(separator: " ").last.flatMap({ Int($0) }), line == Self.line(number) else {
            return nil
        }
        return number
    }

    /// All lines written so far.
    var written: [String] { (0..<count).map(Self.line) }

    /// Writes raw bytes to the file that the writer has open.
    func write(_ text: String) {
        if descriptor < 0 { descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            precondition(written > 0)
            bytes = bytes.dropFirst(written)
        }
    }

    /// Writes so many further lines, each in one call, the last perhaps only in part; completes one begun before.
    func writeLines(_ number: Int, andPart: Bool = false) {
        completeLine()
        for _ in 0..<number {
            write(Self.line(count) + "\n")
            count += 1
        }
        if andPart {
            write(String(Self.line(count).prefix(40)))
            isWithinLine = true
        }
    }

    func completeLine() {
        guard isWithinLine else { return }
        write(String(Self.line(count).dropFirst(40)) + "\n")
        count += 1
        isWithinLine = false
    }

    /// What HUP makes a writer do: the next line goes into the file that has the name by then.
    func close() {
        completeLine()
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    private func shift() {
        let numbers = folder.names.compactMap { entry -> (Int, String)? in
            guard entry.hasPrefix(name + ".") else { return nil }
            let parts = entry.dropFirst(name.count + 1).split(separator: ".", maxSplits: 1)
            guard let first = parts.first, let number = Int(first) else { return nil }
            return (number, parts.count > 1 ? "." + parts[1] : "")
        }
        for (number, rest) in numbers.sorted(by: { $0.0 > $1.0 }) {
            rename(folder["\(name).\(number)\(rest)"], folder["\(name).\(number + 1)\(rest)"])
        }
    }

    /// Renames; the writer still has the old file.
    func renameAway(creating: Bool) {
        shift()
        rename(path, folder[name + ".1"])
        if creating { Glibc.close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)) }
    }

    /// Renames to a name that is made of a date.
    func renameAway(to suffix: String) {
        rename(path, folder[name + suffix])
    }

    /// Copies by small pieces until there is no more, then truncates, as logrotate(8) does with `copytruncate`.
    func copyAndTruncate() {
        shift()
        let source = open(path, O_RDWR | O_CLOEXEC)
        let copy = open(folder[name + ".1"], O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
        var buffer = [UInt8](repeating: 0, count: 8192)
        while case let count = read(source, &buffer, buffer.count), count > 0 { _ = Glibc.write(copy, buffer, count) }
        ftruncate(source, 0)
        Glibc.close(copy)
        Glibc.close(source)
    }

    /// Packs a rotated file by gzip(1).
    func pack(_ suffix: String) throws { try Program.run("/usr/bin/gzip", [folder[name + suffix]]) }

    /// All lines in the live file and in plain predecessors.
    func linesOnDisk() throws -> [String] {
        try folder.names.flatMap { entry in
            try String(contentsOfFile: folder[entry], encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }
}
