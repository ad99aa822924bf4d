// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import Testing

@testable import PosternServer

private let step = KeyRotation.Step(
    oldSelector: "s1", oldFile: "/keys/example.com.s1.pem", newSelector: "s2", newFile: "/keys/example.com.s2.pem")

@Suite struct `A rotation of keys` {
    @Test func `keeps the old records for the queue's lifetime and a day, not a millisecond less`() {
        var rotation = KeyRotation(domain: "example.com", steps: [step], madeAt: Moment(seconds: 1000))
        #expect(rotation.phase(at: Moment(seconds: 1_000_000_000)) == .publishing)
        rotation.switched(at: Moment(seconds: 2000), queueLifetime: .hours(5 * 24))
        let end = Moment(seconds: 2000 + 6 * 86_400)
        #expect(rotation.phase(at: Moment(milliseconds: end.milliseconds - 1)) == .draining(until: end))
        #expect(rotation.phase(at: end) == .retiring)
    }

    @Test func `is read as it was written, and refused where it is not what was written`() throws {
        let directory = try ScratchDirectory()
        let file = RotationFile(of: "example.com", in: directory.path)
        #expect(try file.read() == nil)
        var own = step
        own.newFile = "\(directory.path)/example.com.s2.pem"
        var rotation = KeyRotation(domain: "example.com", steps: [own], madeAt: Moment(seconds: 1000))
        try file.write(rotation)
        rotation.switched(at: Moment(seconds: 2000), queueLifetime: .hours(1))
        try file.write(rotation)
        #expect(try file.read() == rotation)
        try "{".write(toFile: file.path, atomically: false, encoding: .utf8)
        #expect(throws: RotationFile.Failure.self) { try file.read() }
        // A file elsewhere is none that we made: it must not be deleted with the rotation.
        rotation.steps[0].newFile = "/etc/passwd"
        try file.write(rotation)
        #expect(throws: RotationFile.Failure.self) { try file.read() }
        try file.remove()
        #expect(symlink("/etc/passwd", file.path) == 0)
        #expect(throws: RotationFile.Failure.self) { try file.read() }
        try file.remove()
        try file.remove()
        #expect(try file.read() == nil)
    }
}

@Suite struct `The selector that follows` {
    @Test func `has the next number, as wide as the last, or a 2 behind a name`() {
        for (old, new) in [
            ("s1", "s2"), ("s9", "s10"), ("mail", "mail2"), ("2026", "2027"), ("k01", "k02"), ("k09", "k10"),
            ("s.1", "s.2"), ("x999999999", "x1000000000"), ("x12345678901", "x12345678902"), ("", "2"),
        ] { #expect(SelectorSuccession.next(after: old) { _ in false } == new) }
    }

    @Test func `leaves out what is taken, and gives up in the end`() {
        #expect(SelectorSuccession.next(after: "s1") { $0 == "s2" || $0 == "s3" } == "s4")
        #expect(SelectorSuccession.next(after: "s1") { _ in true } == nil)
    }
}

@Suite struct `Another key in the text of a configuration` {
    private func edited(_ text: String, _ steps: [KeyRotation.Step] = [step]) -> String? {
        KeyEdit.text(text, of: "example.com", applying: steps)
    }

    @Test func `takes the old one's place, and all else stays as it was written`() {
        let text = """
            # s1 is fine
            [[domain]]
            name = "example.net"   # other
            keys = [{ selector = "s1", file = "/keys/example.net.s1.pem" }]
            [[domain]]
              name = 'example.com' # ours
            keys = [
              { selector = "e1", file = "/keys/example.com.e1.pem" },
              { file = '/keys/example.com.s1.pem', selector = 's1' }, # "s1" is RSA
            ]
            covers-subdomains = true
            [signing]
            """
        let wanted = """
            # s1 is fine
            [[domain]]
            name = "example.net"   # other
            keys = [{ selector = "s1", file = "/keys/example.net.s1.pem" }]
            [[domain]]
              name = 'example.com' # ours
            keys = [
              { selector = "e1", file = "/keys/example.com.e1.pem" },
              { file = "/keys/example.com.s2.pem", selector = "s2" }, # "s1" is RSA
            ]
            covers-subdomains = true
            [signing]
            """
        #expect(edited(text) == wanted)
    }

    @Test func `is found in tables of their own, too`() {
        let text = """
            [[domain]]
            name = "example.com"
            [[domain.keys]]
            selector = "e1"
            file = "/keys/example.com.e1.pem"
            [[domain.keys]]
            selector = "s1"
            file = "/keys/example.com.s1.pem"
            [[domain]]
            name = "example.org"
            """
        let changed = edited(text)
        #expect(changed?.contains("selector = \"s2\"\nfile = \"/keys/example.com.s2.pem\"\n[[domain]]") == true)
        #expect(changed?.contains("selector = \"e1\"") == true)
    }

    @Test func `is not written where the old one is not found, or at two places`() {
        let domain = "[[domain]]\nname = \"example.com\"\n"
        let key = "{ selector = \"s1\", file = \"/keys/example.com.s1.pem\" }"
        #expect(edited("\(domain)keys = [\(key)]") != nil)
        #expect(edited("\(domain)keys = [\(key), \(key)]") == nil)
        #expect(edited("\(domain)keys = []") == nil)
        #expect(edited("[[domain]]\nname = \"example.org\"\nkeys = [\(key)]") == nil)
        #expect(edited("domain = [{ name = \"example.com\", keys = [\(key)] }]") == nil)
        #expect(edited("") == nil)
        #expect(edited("\(domain)keys = [{ selector = \"x\", file = \"/keys/example.com.s1.pem\" }]") == nil)
    }
}
