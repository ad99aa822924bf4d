// SPDX-License-Identifier: Apache-2.0
import SeededRandom
import StatusPage
import Testing

@Suite struct `A piece of HTML` {
    @Test func `escapes every text that is put into it`() {
        let hostile = "<script>alert('x')</script> & \"quoted\""
        let markup: HTML = "<p title=\"\(hostile)\">\(hostile)</p>"
        let harmless = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;"
        #expect(markup.source == "<p title=\"\(harmless)\">\(harmless)</p>")
    }

    @Test func `takes markup as it is`() {
        let bold: HTML = "<b>\("<")</b>"
        let markup: HTML = "<p>\(bold)\([bold, bold])</p>"
        #expect(markup.source == "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b></p>")
    }

    @Test func `shows what would steer or turn a reader's screen as a sign of its own`() {
        let markup: HTML = "\("a\u{0}b\u{1B}[31mc\u{202E}d\u{2066}e\u{85}f")"
        #expect(markup.source == "a\u{FFFD}b\u{FFFD}[31mc\u{FFFD}d\u{FFFD}e\u{FFFD}f")
    }

    @Test func `encodes a path's segment so that it leads nowhere else`() {
        let markup: HTML = "/listings/\(segment: "../x y?#é\"")"
        #expect(markup.source == "/listings/..%2Fx%20y%3F%23%C3%A9%22")
    }

    @Test func `never lets any text open an element or end an attribute`() {
        var random = SplitMix64(seed: 3)
        let pool: [Unicode.Scalar] = ["<", ">", "\"", "'", "&", "a", "\n", "\u{0}", "\u{202E}", "é", "=", "/"]
        for _ in 0..<500 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...20, using: &random)).map { _ in
                        pool.randomElement(using: &random) ?? "a"
                    }))
            let markup: HTML = "\(text)"
            #expect(!markup.source.contains { "<>\"'".contains($0) })
        }
    }
}
