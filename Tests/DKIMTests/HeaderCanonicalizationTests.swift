// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DKIM

@Suite struct `A header field` {
    @Test func `is left as it is by simple canonicalization`() {
        #expect(canonical("A", " X", .simple) == "A: X\r\n")
        #expect(canonical("B ", " Y\t\r\n\tZ  ", .simple) == "B : Y\t\r\n\tZ  \r\n")
    }

    @Test func `is unfolded, lower-cased and compressed by relaxed canonicalization`() {
        // RFC 6376 §3.4.5, example 1.
        #expect(canonical("A", " X", .relaxed) == "a:X\r\n")
        #expect(canonical("B ", " Y\t\r\n\tZ  ", .relaxed) == "b:Y Z\r\n")
    }

    @Test func `may be folded with LF alone`() {
        #expect(canonical("Subject", " a\n\tb\n c", .simple) == "Subject: a\r\n\tb\r\n c\r\n")
        #expect(canonical("Subject", " a\n\tb\n c", .relaxed) == "subject:a b c\r\n")
    }

    @Test(arguments: ["", " ", "\t \t", " \r\n ", "\n\t\n "])
    func `may be empty`(_ value: String) {
        #expect(canonical("Cc", value, .relaxed) == "cc:\r\n")
    }

    @Test func `keeps a lone carriage return and other control characters`() {
        #expect(canonical("Subject", " a\rb \u{B}", .relaxed) == "subject:a\rb \u{B}\r\n")
        #expect(canonical("Subject", " a\rb", .simple) == "Subject: a\rb\r\n")
        #expect(canonical("Subject", " a\r", .relaxed) == "subject:a\r\r\n")
    }

    @Test func `keeps bytes that are not ASCII`() {
        #expect(canonical("SUBJECT", " ÄÖ  Ü", .relaxed) == "subject:ÄÖ Ü\r\n")
    }

    private func canonical(_ name: String, _ value: String, _ canonicalization: Canonicalization) -> String {
        var canonicalizer = HeaderCanonicalizer(canonicalization)
        let name = [UInt8](name.utf8), value = [UInt8](value.utf8)
        name.withUnsafeBytes { name in
            value.withUnsafeBytes { canonicalizer.append(name: name, value: $0) }
        }
        return String(decoding: canonicalizer.text, as: UTF8.self)
    }
}
