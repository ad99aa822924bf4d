// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import PosternServer

@Suite struct `A key file` {
    private let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    private func refusal(of path: String, group: String = "nosuchgroup") -> KeyFile.Refusal? {
        do throws(KeyFile.Refusal) {
            _ = try KeyFile.read(path, readableBy: group)
            return nil
        } catch {
            return error
        }
    }

    @Test func `is read when it is its owner's alone`() throws {
        let file = try directory.write("secret".utf8, to: "key")
        #expect(try KeyFile.read(file, readableBy: "nosuchgroup") == Array("secret".utf8))
    }

    @Test(arguments: [0o604, 0o602, 0o601, 0o644, 0o666, 0o777])
    func `is refused when others have any right to it`(mode: Int) throws {
        let file = try directory.write("secret".utf8, to: "key", mode: mode)
        #expect(refusal(of: file)?.complaint == "is open to every user of this host")
    }

    @Test(arguments: [0o620, 0o610, 0o660])
    func `is refused when a group can change it`(mode: Int) throws {
        let file = try directory.write("secret".utf8, to: "key", mode: mode)
        #expect(refusal(of: file, group: "root")?.complaint == "can be changed by a group")
    }

    @Test func `may be read by the configured group, and by no other`() throws {
        let file = try directory.write("secret".utf8, to: "key", mode: 0o640)
        let group = try #require(getgrgid(getegid()).map { String(cString: $0.pointee.gr_name) })
        #expect(refusal(of: file, group: group) == nil)
        #expect(refusal(of: file)?.complaint == "can be read by group \(getegid())")
    }

    @Test func `is judged behind a symbolic link, by the file itself`() throws {
        let file = try directory.write("secret".utf8, to: "key", mode: 0o644)
        let link = directory.path + "/link"
        symlink(file, link)
        #expect(refusal(of: link)?.complaint == "is open to every user of this host")
    }

    @Test func `is refused at once when it is a FIFO or a device`() throws {
        let fifo = directory.path + "/fifo"
        mkfifo(fifo, 0o600)
        #expect(refusal(of: fifo)?.complaint == "is not a regular file")
        #expect(refusal(of: "/dev/zero")?.complaint == "is not a regular file")
        #expect(refusal(of: directory.path)?.complaint == "is not a regular file")
    }

    @Test func `is refused when it is larger than any key`() throws {
        let file = try directory.write([UInt8](repeating: 0, count: KeyFile.largest + 1), to: "key")
        #expect(refusal(of: file)?.complaint == "is too large for a key")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func `is refused when it belongs to a stranger`() throws {
        let file = try directory.write("secret".utf8, to: "key")
        chown(file, 12_345, gid_t.max)
        #expect(refusal(of: file)?.complaint == "belongs to uid 12345")
    }

    @Test func `that is missing is said so`() {
        #expect(refusal(of: directory.path + "/none")?.complaint == "cannot be opened: No such file or directory")
    }
}
