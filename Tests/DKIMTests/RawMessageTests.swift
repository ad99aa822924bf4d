// SPDX-License-Identifier: Apache-2.0
import DKIM
import Testing

@Suite struct `A raw message` {
    @Test func `is a header and a body`() {
        let message = parts("From: a\r\nSubject:x\r\n\r\nbody\r\n")
        #expect(message.fields == ["From| a", "Subject|x"])
        #expect(message.body == "body\r\n")
    }

    @Test func `has each of its line ends as CRLF`() {
        let message = parts("From: a\n\tb\nTo: c\n\none\ntwo\r\nthree")
        #expect(message.fields == ["From| a\r\n\tb", "To| c"])
        #expect(message.body == "one\r\ntwo\r\nthree\r\n")
    }

    @Test func `keeps a lone carriage return`() {
        #expect(parts("From: a\rb\n\nx\ry\r\r\n").fields == ["From| a\rb"])
        #expect(parts("From: a\n\nx\ry\r\r\n").body == "x\ry\r\r\n")
    }

    @Test func `may lack a body, a header or both`() {
        #expect(parts("From: a\r\n").body == "")
        #expect(parts("From: a\r\n\r\n").body == "")
        #expect(parts("\r\nbody").fields == [])
        #expect(parts("\r\nbody").body == "body\r\n")
        #expect(parts("").fields == [])
        #expect(parts("").body == "")
    }

    @Test func `ends its header before a line that cannot belong to one`() {
        let message = parts("From: a\nno field\nTo: b\n")
        #expect(message.fields == ["From| a"])
        #expect(message.body == "no field\r\nTo: b\r\n")
        #expect(parts(": x\n").body == ": x\r\n")
        #expect(parts(" x\n").body == " x\r\n")
        #expect(parts("Fröm: x\n").fields == [])
    }

    @Test func `leaves out the first line of a mailbox file`() {
        #expect(parts("From a Mon Oct 5\nFrom: a\n\nx\n").fields == ["From| a"])
    }

    private func parts(_ text: String) -> (fields: [String], body: String) {
        let message = [UInt8](text.utf8).withUnsafeBytes { RawMessage($0) }
        let fields = message.fields.map {
            "\(String(decoding: $0.name, as: UTF8.self))|\(String(decoding: $0.value, as: UTF8.self))"
        }
        return (fields, String(decoding: message.body, as: UTF8.self))
    }
}
