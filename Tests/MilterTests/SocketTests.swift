// SPDX-License-Identifier: Apache-2.0
import Glibc
import MilterClient
import Testing

@testable import Milter

@Suite struct `A milter socket` {
    @Test(arguments: [
        ("unix:/run/milter", MilterSocket.unix(path: "/run/milter")), ("local:milter", .unix(path: "milter")),
        ("inet:8891@127.0.0.1", .inet(host: "127.0.0.1", port: 8891)),
        ("inet:8891@[127.0.0.1]", .inet(host: "127.0.0.1", port: 8891)),
        ("inet:8891", .inet(host: "", port: 8891)), ("inet6:8891@[::1]", .inet(host: "::1", port: 8891)),
        ("inet6:8891", .inet(host: "::", port: 8891)),
    ])
    func `is read in libmilter's notation`(text: String, socket: MilterSocket) throws {
        #expect(try MilterSocket(parsing: text) == socket)
    }

    @Test(arguments: [
        "", "/run/milter", "unix:", "inet:", "inet:0@127.0.0.1", "inet:65536@127.0.0.1", "inet:8891@", "tcp:25",
        "inet:127.0.0.1:8891", "unix:/\0", "unix:/" + String(repeating: "x", count: 106),
    ])
    func `is not read from anything else`(text: String) {
        #expect(throws: MilterError.notASocketName(text)) { try MilterSocket(parsing: text) }
    }

    @Test func `of a dead process is replaced`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("socket")
        _ = try LivingSocket(at: path)
        let socket = MilterSocket.unix(path: path)
        var opened: LivingSocket?
        try socket.openSafely {
            opened = try? LivingSocket(at: path)
            return opened != nil
        }
        #expect(socket.probe() == .answers)
        withExtendedLifetime(opened) {}
    }

    @Test func `of a living process is left alone`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("socket")
        let living = try LivingSocket(at: path)
        #expect(throws: MilterError.socketInUse("unix:\(path)")) {
            try MilterSocket.unix(path: path).openSafely { true }
        }
        #expect(MilterSocket.unix(path: path).probe() == .answers)
        withExtendedLifetime(living) {}
    }

    @Test func `of a living process with a full queue is left alone`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("socket")
        let living = try LivingSocket(at: path, backlog: 0)
        let waiting = try MilterChannel(to: .unix(path: path))
        #expect(MilterSocket.unix(path: path).probe() == .answers)
        withExtendedLifetime((living, waiting)) {}
    }

    @Test func `does not take the place of a file`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("file")
        close(creat(path, 0o600))
        #expect(throws: MilterError.pathIsNotASocket(path)) {
            try MilterSocket.unix(path: path).openSafely { true }
        }
        #expect(access(path, F_OK) == 0)
    }

    @Test func `does not take the place of a link to a socket`() throws {
        let folder = try ScratchFolder()
        _ = try LivingSocket(at: folder.file("socket"))
        symlink(folder.file("socket"), folder.file("link"))
        #expect(throws: MilterError.pathIsNotASocket(folder.file("link"))) {
            try MilterSocket.unix(path: folder.file("link")).openSafely { true }
        }
    }

    @Test func `has its mode, and none wider before`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("socket")
        var modeAtBirth: mode_t = 0
        try MilterSocket.unix(path: path, mode: 0o666).openSafely {
            guard (try? LivingSocket(at: path)) != nil else { return false }
            modeAtBirth = mode(of: path)
            return true
        }
        #expect(modeAtBirth == 0o600)
        #expect(mode(of: path) == 0o666)
        let mask = umask(0)
        umask(mask)
        #expect(mask != 0o177, "the mask is put back")
    }

    @Test func `is removed while it is ours, and not when another has it`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("socket")
        let socket = MilterSocket.unix(path: path)
        let first = try LivingSocket(at: path)
        let file = socket.file
        #expect(file != nil)
        rename(path, folder.file("kept"))
        let second = try LivingSocket(at: path)
        socket.remove(file)
        #expect(socket.file != nil)
        socket.remove(socket.file)
        #expect(socket.file == nil)
        withExtendedLifetime((first, second)) {}
    }

    @Test func `that cannot be opened says why`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("socket")
        #expect(throws: MilterError.cannotOpen("unix:\(path)", errno: ENOENT)) {
            try MilterSocket.unix(path: path).openSafely {
                errno = ENOENT
                return false
            }
        }
    }

    @Test func `of a port in use is left alone`() throws {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(descriptor, $0, size)
                _ = listen(descriptor, 1)
                _ = getsockname(descriptor, $0, &size)
            }
        }
        let taken = MilterSocket.inet(host: "127.0.0.1", port: UInt16(bigEndian: address.sin_port))
        #expect(throws: MilterError.socketInUse("\(taken)")) { try taken.openSafely { true } }
    }

    private func mode(of path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }
}
