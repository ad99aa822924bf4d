// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import PosternServer

@Suite struct `The place of a local socket` {
    private let directory: ScratchDirectory

    init() throws { directory = try ScratchDirectory() }

    private var path: String { directory.path + "/socket" }

    /// A socket that listens at `path` until it is closed; its file stays, as after a kill.
    private func listener() throws -> FileHandle {
        let handle = FileHandle(
            fileDescriptor: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0),
            closeOnDealloc: true)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle.fileDescriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0 && listen(handle.fileDescriptor, 1) == 0)
        return handle
    }

    @Test func `is made free of what a dead process left`() throws {
        try listener().close()
        try #require(FileManager.default.fileExists(atPath: path))
        try LocalSocket.makeRoom(at: path)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `is left to a process that answers there`() throws {
        let living = try listener()
        #expect(throws: LocalSocket.Refusal.self) { try LocalSocket.makeRoom(at: path) }
        #expect(FileManager.default.fileExists(atPath: path))
        try living.close()
    }

    @Test func `is left to a file that is no socket, and to a link`() throws {
        try Data("mine".utf8).write(to: URL(filePath: path))
        symlink(path, path + ".link")
        for taken in [path, path + ".link"] {
            #expect(throws: LocalSocket.Refusal.self) { try LocalSocket.makeRoom(at: taken) }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        #expect(
            try FileManager.default.attributesOfItem(atPath: path + ".link")[.type] as? FileAttributeType
                == .typeSymbolicLink)
    }
}
