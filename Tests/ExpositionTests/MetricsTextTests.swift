// SPDX-License-Identifier: Apache-2.0
import Exposition
import Testing

@Suite struct `A text of metrics` {
    @Test func `has help and kind above the samples of a family`() {
        var metrics = MetricsText()
        metrics.family("mail_total", .counter, "Mail.")
        metrics.sample("mail_total", [("verdict", "signed")], 3)
        metrics.sample("mail_total", [("verdict", "held")], 0)
        #expect(
            metrics.text == """
                # HELP mail_total Mail.
                # TYPE mail_total counter
                mail_total{verdict="signed"} 3
                mail_total{verdict="held"} 0

                """)
    }

    @Test func `escapes what a label must not hold`() {
        var metrics = MetricsText()
        metrics.sample("x", [("a", "\"\\\n{é")], 1)
        #expect(metrics.text == "x{a=\"\\\"\\\\\\n{é\"} 1\n")
    }

    @Test func `cumulates the buckets of a histogram, up to all`() {
        let histogram = Histogram()
        for duration: Int64 in [10, 60, 2_000_000] { histogram.observe(microseconds: duration) }
        var metrics = MetricsText()
        metrics.histogram("t", [], histogram.reading)
        let lines = metrics.text.split(separator: "\n")
        #expect(lines.first == #"t_bucket{le="5e-05"} 1"#)
        #expect(lines.dropFirst().first == #"t_bucket{le="0.0001"} 2"#)
        #expect(lines.contains(#"t_bucket{le="1.0"} 2"#))
        #expect(lines.contains(#"t_bucket{le="+Inf"} 3"#))
        #expect(lines.suffix(2) == ["t_sum 2.00007", "t_count 3"])
    }
}
