// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Proposes limits from what senders have sent at most.
///
/// A class gets what nearly all of its senders kept to, and half as much again: of a hundred senders or more that is the
/// 99th percentile of their peaks, of twenty or more the 95th. Fewer tell nothing, and the default stays. It is never
/// below a floor, for a quiet month is no promise. Whoever sent more without a sign of abuse gets a limit of its own.
/// Hosts, list managers and forwarders have no number that fits all; each is watched at three times its own peak.
public struct LimitAdviser: Sendable {
    private static let manySenders = 100
    private static let someSenders = 20
    private static let mostNames = 100
    private static let longest = 500

    /// The windows to which the peaks belong, the shortest first.
    private let windows: [Duration]

    /// An adviser for peaks of these windows.
    public init(windows: [Duration] = SenderPeaks.usualWindows) {
        self.windows = windows
    }

    /// What fits these senders.
    public func advice(for peaks: [SenderPeak]) -> LimitAdvice {
        let trusted = peaks.filter { !$0.isSuspicious }
        var exceptions: [SenderAdvice] = []
        let classes = SenderClass.allCases.compactMap { senderClass -> ClassAdvice? in
            let members = trusted.filter { $0.senderClass == senderClass }
            guard !members.isEmpty else { return nil }
            let advice = self.advice(for: senderClass, members)
            exceptions += members.compactMap { exception(for: $0, in: advice) }
            return advice
        }
        exceptions.sort { ($1.recipients, $0.sender) < ($0.recipients, $1.sender) }
        let hit = trusted.filter { isOverDefault($0) }.map(\.sender).sorted()
        return LimitAdvice(
            classes: classes, exceptions: Array(exceptions.prefix(Self.longest)),
            suspicious: Array(peaks.filter(\.isSuspicious).map(\.sender).sorted().prefix(Self.mostNames)),
            hitByDefaults: Array(hit.prefix(Self.mostNames)), hitByDefaultsCount: hit.count, senders: peaks.count)
    }

    private func advice(for senderClass: SenderClass, _ members: [SenderPeak]) -> ClassAdvice {
        let standard = Self.standard(senderClass)
        var least: UInt32 = 0
        let advised = windows.indices.map { index -> WindowAdvice in
            let sorted = members.map { index < $0.peaks.count ? $0.peaks[index] : 0 }.sorted()
            let usual = standard?.rates.first { $0.window == windows[index] }?.limit
            var advice = WindowAdvice(
                window: Self.name(of: windows[index]), median: Self.share(50, of: sorted),
                percentile95: Self.share(95, of: sorted), percentile99: Self.share(99, of: sorted),
                maximum: sorted.last ?? 0, standard: usual, proposed: nil)
            if standard != nil {
                let proposed = self.proposed(advice, members: sorted.count, floor: Self.floor(windows[index]))
                // A longer window never lets fewer pass.
                advice.proposed = proposed.map { max($0, least) }
                least = advice.proposed ?? least
            }
            return advice
        }
        return ClassAdvice(
            senderClass: senderClass.rawValue, senders: members.count, windows: advised, over: standard?.over.rawValue)
    }

    private func proposed(_ advice: WindowAdvice, members: Int, floor: UInt32) -> UInt32? {
        guard members >= Self.someSenders else { return advice.standard }
        let peak = members >= Self.manySenders ? advice.percentile99 : advice.percentile95
        return max(floor, Self.rounded(Self.times(peak, 3)))
    }

    private func exception(for peak: SenderPeak, in advice: ClassAdvice) -> SenderAdvice? {
        let isOver = zip(advice.windows, peak.peaks).contains { window, most in
            window.proposed.map { most > UInt64($0) } ?? false
        }
        // A class without a limit has each of its members watched.
        guard isOver || advice.over == nil, Self.canBeNamed(peak.sender) else { return nil }
        let factor: UInt64 = advice.over == nil ? 6 : 3
        var least: UInt32 = 0
        let rates = zip(windows, peak.peaks).map { window, most -> String in
            least = max(least, Self.floor(window), Self.rounded(Self.times(most, factor)))
            return "\(least)/\(Self.name(of: window))"
        }
        return SenderAdvice(
            sender: peak.sender, senderClass: peak.senderClass.rawValue, messages: peak.messages,
            recipients: peak.recipients, peaks: peak.peaks, rates: rates,
            over: advice.over ?? LimitRule.Action.observe.rawValue)
    }

    private func isOverDefault(_ peak: SenderPeak) -> Bool {
        guard let rule = Self.standard(peak.senderClass), rule.over != .observe else { return false }
        return zip(windows, peak.peaks).contains { window, most in
            rule.rates.contains { $0.window == window && most > UInt64($0.limit) }
        }
    }

    // MARK: Numbers

    private static func standard(_ senderClass: SenderClass) -> LimitRule? {
        LimitRule.defaults.first { $0.subject == .senders(senderClass) }
    }

    /// The nearest-rank percentile of sorted numbers.
    static func share(_ percent: Int, of sorted: [UInt64]) -> UInt64 {
        sorted.isEmpty ? 0 : sorted[max((sorted.count * percent + 99) / 100 - 1, 0)]
    }

    /// The next number up that people would write: 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 with zeros behind it; at least 10.
    static func rounded(_ number: UInt64) -> UInt32 {
        var scale: UInt64 = 1
        while scale <= 100_000_000 {
            for tenths in [10, 15, 20, 25, 30, 40, 50, 60, 80] as [UInt64] where tenths * scale >= max(number, 10) {
                return UInt32(clamping: tenths * scale)
            }
            scale *= 10
        }
        return .max
    }

    /// So many halves of a number, or the greatest number.
    private static func times(_ number: UInt64, _ halves: UInt64) -> UInt64 {
        let (product, overflow) = number.multipliedReportingOverflow(by: halves)
        return overflow ? .max : product / 2
    }

    /// The least that a limit of a window should let pass: a dozen letters to a few people each are nobody's burst.
    private static func floor(_ window: Duration) -> UInt32 {
        window <= .minutes(10) ? 30 : window <= .hours(1) ? 60 : 200
    }

    private static func name(of window: Duration) -> String {
        // A rate knows how windows are written.
        String(Rate(limit: 1, window: window).description.dropFirst(2))
    }

    /// Whether a pattern of that text names this sender and nobody else.
    private static func canBeNamed(_ sender: String) -> Bool {
        guard !sender.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) else { return false }
        // One sender bears the name of its class, whose rule it has already.
        guard SenderClass(rawValue: sender) == nil else { return false }
        return (try? SenderPattern(parsing: sender)) != nil
    }
}
