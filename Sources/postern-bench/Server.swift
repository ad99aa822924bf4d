// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc

/// A server under measurement: started, waited for, read from /proc, stopped.
final class Server {
    let name: String
    let socket: String
    private let process = Process()
    private let pidFile: String?

    /// Starts `arguments` and waits until it listens on `socket`, at most ten seconds.
    ///
    /// One that goes into the background writes a `pidFile`; what it and its children use then counts together.
    init(name: String, socket: String, pidFile: String? = nil, _ arguments: [String]) throws {
        self.name = name
        self.socket = socket
        self.pidFile = pidFile
        unlink(socket)
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<1000 {
            if access(socket, F_OK) == 0, pidFile == nil || !processes.isEmpty { return }
            if !process.isRunning, pidFile == nil { break }
            usleep(10_000)
        }
        throw BenchFailure(description: "\(name) does not listen on \(socket): \(arguments.joined(separator: " "))")
    }

    func stop() {
        if pidFile == nil {
            process.terminate()
        } else {
            for identifier in processes { kill(identifier, SIGTERM) }
        }
        process.waitUntilExit()
    }

    func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// The process, or all of the session that it leads in the background.
    private var processes: [pid_t] {
        guard let pidFile else { return [process.processIdentifier] }
        guard let text = try? String(contentsOfFile: pidFile, encoding: .utf8),
            let leader = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { return [] }
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid_t($0) }.filter { getsid($0) == leader }
    }

    /// Seconds of processor time so far, user and system.
    var processorSeconds: Double { processes.reduce(0) { $0 + Self.processorSeconds(of: $1) } }

    private static func processorSeconds(of identifier: pid_t) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        // Fields 14 and 15, utime and stime in ticks (proc(5)); the first after the name is the third.
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident memory now, in MB.
    var residentMegabytes: Double { processes.reduce(0) { $0 + status("VmRSS:", of: $1) } / 1024 }

    /// Threads now.
    var threads: Int { Int(status("Threads:", of: process.processIdentifier)) }

    /// Open descriptors now.
    var descriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd").count) ?? 0
    }

    private func status(_ key: String, of identifier: pid_t) -> Double {
        let path = "/proc/\(identifier)/status"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) })
        else { return 0 }
        return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Double($0) } ?? 0
    }
}

/// Why a measurement could not be made.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String
}
