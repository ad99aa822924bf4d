// SPDX-License-Identifier: Apache-2.0

/// Moments for the limiter that no step of the wall clock moves.
///
/// The wall clock is read once; from then on counts what has run since the host started (`CLOCK_BOOTTIME`, which goes on
/// while the host sleeps). A restart of the daemon goes on from the `Anchor` that was stored: within one boot by what has
/// run since, after a reboot by the wall clock, which may then say anything: a time before the anchor is taken for none.
public struct SteadyClock: Hashable, Sendable {
    /// The host's clocks at one instant.
    public struct Reading: Hashable, Sendable {
        /// What tells one boot from the next: `/proc/sys/kernel/random/boot_id`.
        public let boot: String
        /// Milliseconds since that boot.
        public let sinceBoot: Int64
        /// What the wall clock says.
        public let wall: Moment

        /// Clocks as they were read.
        public init(boot: String, sinceBoot: Int64, wall: Moment) {
            self.boot = boot
            self.sinceBoot = sinceBoot
            self.wall = wall
        }
    }

    /// What is stored so that a later run can go on: the clocks, and the moment that they stood for.
    public struct Anchor: Hashable, Sendable {
        /// The clocks when the anchor was made.
        public let reading: Reading
        /// The moment that they stood for.
        public let moment: Moment

        /// An anchor as it was stored.
        public init(reading: Reading, moment: Moment) {
            self.reading = reading
            self.moment = moment
        }
    }

    private let origin: Anchor

    /// A clock that starts at the wall's time.
    public init(_ now: Reading) {
        origin = Anchor(reading: now, moment: now.wall)
    }

    /// The moments that an anchor can have been made at, 1970 to 9999: beyond is damage, and arithmetic ends somewhere.
    private static let believed = Moment(milliseconds: 0)...Moment(seconds: 253_402_300_799)

    /// A clock that goes on from an earlier run's; one that starts anew if the anchor is damaged.
    public init(continuing anchor: Anchor, _ now: Reading) {
        guard Self.believed.contains(anchor.moment), Self.believed.contains(anchor.reading.wall) else {
            origin = Anchor(reading: now, moment: now.wall)
            return
        }
        let ran = 0...max(now.sinceBoot, 0)
        let isSameBoot = anchor.reading.boot == now.boot && ran.contains(anchor.reading.sinceBoot)
        let passed =
            isSameBoot
            ? Duration.milliseconds(ran.upperBound - anchor.reading.sinceBoot)
            : max(now.wall.since(anchor.reading.wall), .zero)
        origin = Anchor(reading: now, moment: anchor.moment + passed)
    }

    /// The moment at which the host has run for so many milliseconds.
    public func moment(sinceBoot: Int64) -> Moment {
        let (passed, overflow) = sinceBoot.subtractingReportingOverflow(origin.reading.sinceBoot)
        return origin.moment + .milliseconds(overflow ? 0 : max(passed, 0))
    }

    /// What to store so that the next run can go on from here.
    public func anchor(_ now: Reading) -> Anchor {
        Anchor(reading: now, moment: moment(sinceBoot: now.sinceBoot))
    }
}
