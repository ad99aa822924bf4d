// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import StatusModel

/// Numbers and times as people read them.
enum Wording {
    /// A number with its thousands apart, such as `12,345`.
    static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var groups: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(rest, at: 0)
        return (number < 0 ? "−" : "") + groups.joined(separator: ",")
    }

    /// A number with the word that it counts, such as `1 message`.
    static func counted(_ number: Int, _ one: String, _ many: String) -> String {
        "\(count(number)) \(number == 1 ? one : many)"
    }

    /// A duration in its two largest units, such as `3 h 20 min`; never negative.
    static func span(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<86_400:
            let minutes = seconds / 60 % 60
            return "\(seconds / 3600) h" + (minutes > 0 ? " \(minutes) min" : "")
        default:
            let hours = seconds / 3600 % 24
            return "\(seconds / 86_400) d" + (hours > 0 ? " \(hours) h" : "")
        }
    }

    /// A time as an element: how long ago it was, and exactly on demand.
    static func ago(_ time: Timestamp, at now: Moment) -> HTML {
        let exact = clock(time)
        return "<time datetime=\"\(time.description)\" title=\"\(exact)\">\(span(now.since(time.moment))) ago</time>"
    }

    /// A time to come as an element.
    static func ahead(_ time: Timestamp, at now: Moment) -> HTML {
        let exact = clock(time)
        let text = time.moment > now ? "in \(span(time.moment.since(now)))" : "due now"
        return "<time datetime=\"\(time.description)\" title=\"\(exact)\">\(text)</time>"
    }

    /// A time to the minute, such as `24 Nov 09:30 UTC`.
    static func clock(_ time: Timestamp) -> String {
        let text = time.description
        guard text.utf8.count >= 16 else { return text }
        let characters = Array(text)
        let month = Int(String(characters[5...6])).flatMap { (1...12).contains($0) ? months[$0 - 1] : nil } ?? "?"
        let day = Int(String(characters[8...9])).map { String($0) } ?? "?"
        return "\(day) \(month) \(String(characters[11...15])) UTC"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The stretch of time in words.
    static func range(_ range: HistoryRange) -> String {
        switch range {
        case .hour: "last hour"
        case .day: "last 24 hours"
        case .week: "last 7 days"
        case .month: "last 30 days"
        }
    }
}
