// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Settings

private func line(of steps: KeyPath.Step..., in text: String) -> Int? {
    KeyLocator(text).line(of: KeyPath(steps: steps))
}

@Suite struct `A key locator` {
    @Test func `counts the tables of an array`() {
        let text = "[[a]]\nx = 1\n[[a]]\n# x = 0\nx = 2\n"
        #expect(line(of: .key("a"), .index(0), .key("x"), in: text) == 2)
        #expect(line(of: .key("a"), .index(1), .key("x"), in: text) == 5)
    }

    @Test func `is not misled by strings of any kind`() {
        let text = """
            a = \"\"\"
            b = 1
            [c]
            \"\"\"\"
            d = '''
            b = 2'''
            e = "b = 3 \\" # ]"
            b = 4
            """
        #expect(line(of: .key("b"), in: text) == 8)
    }

    @Test func `walks through nested arrays and inline tables`() {
        let text = "k = [ # one\n  [1,\n   2], { a = 1,\n b.c = [3] } ]\nz = 1979-05-27T07:32:00Z\ny = 0\n"
        #expect(line(of: .key("k"), .index(0), .index(1), in: text) == 3)
        #expect(line(of: .key("k"), .index(1), .key("b"), .key("c"), in: text) == 4)
        #expect(line(of: .key("y"), in: text) == 6)
    }

    @Test func `reads dotted and quoted headers`() {
        let text = "[a.\"b c\"]\nx = 1\n[[a.d]]\n[a.d.e]\nx = 2\n"
        #expect(line(of: .key("a"), .key("b c"), .key("x"), in: text) == 2)
        #expect(line(of: .key("a"), .key("d"), .index(0), .key("e"), .key("x"), in: text) == 5)
    }

    @Test func `falls back to the table around a key that is absent`() {
        #expect(line(of: .key("a"), .key("missing"), in: "\n[a]\nx = 1\n") == 2)
    }

    @Test(arguments: ["", "[", "[[", "a", "a =", "a = [", "a = {", "a = \"", "a = '''", "= =", "]", "}", "\"\\"])
    func `ends on any text`(text: String) {
        #expect(KeyLocator(text).line(of: KeyPath()) == nil)
    }
}

@Suite struct `The nearest word` {
    @Test func `is the one with the fewest changes`() {
        #expect(nearest(to: "sokcet", among: ["socket", "secret"]) == "socket")
    }

    @Test func `is none where all are far`() {
        #expect(nearest(to: "colour", among: ["socket", "mode"]) == nil)
    }
}

@Suite struct `A written duration` {
    @Test(arguments: [("250ms", 250), ("90s", 90_000), ("10m", 600_000), ("2h", 7_200_000), ("5d", 432_000_000)])
    func `is read and written back`(text: String, milliseconds: Int) {
        #expect(Duration(written: text) == .milliseconds(milliseconds))
        #expect(Duration.milliseconds(milliseconds).written == (text == "90s" ? "90s" : text))
    }

    @Test(arguments: ["", "s", "10", "-1s", "1.5h", "1 h", "1w", "99999999999999999d", "٣s"])
    func `is refused in any other form`(text: String) {
        #expect(Duration(written: text) == nil)
    }
}
