// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Turns the stamps of one log file, in their order, into moments: supplies the year and resolves local time.
public struct LogCalendar: Sendable {
    /// What is known of the year of stamps that have none.
    public enum Years: Hashable, Sendable {
        /// No line is later than this, apart from two days for zones and clocks that differ: the time of reading for a file
        /// that is followed, its time of modification for an old one. A stamp belongs to the last year that allows it.
        case before(Moment)
        /// The first stamp lies in this year; each step from the second half-year back to the first is a New Year.
        case from(Int)
    }

    /// What is known of the year; whoever follows a file sets it to the time of reading now and then.
    public var years: Years {
        didSet {
            if years != oldValue { day = nil }
        }
    }

    private let zone: LogZone
    private var latest: Moment?
    /// The month of the stamp before, and the year that it was found to lie in.
    private var position: (year: Int, month: Int)?
    private var day: (year: Int?, month: Int, day: Int, number: Int)?
    private var hour: (number: Int, offsets: (first: Int, second: Int))?

    /// A calendar for one file, from its start.
    public init(years: Years, zone: LogZone = .system) {
        self.years = years
        self.zone = zone
    }

    /// The moment of a stamp; `nil` for a date that does not exist.
    mutating func moment(of stamp: LogStamp) -> Moment? {
        guard let day = dayNumber(of: stamp) else { return nil }
        let local = Int64(day) * 86_400 + Int64(stamp.secondOfDay)
        let moment: Moment
        if let offset = stamp.offset {
            moment = Moment(milliseconds: (local - Int64(offset)) * 1000 + Int64(stamp.millisecond))
        } else {
            let offsets = offsets(ofLocal: local)
            let first = Moment(milliseconds: (local - Int64(offsets.first)) * 1000 + Int64(stamp.millisecond))
            // Lines of several processes may be out of order, but not by minutes.
            if offsets.first != offsets.second, let latest, first < latest - .minutes(10) {
                moment = Moment(milliseconds: (local - Int64(offsets.second)) * 1000 + Int64(stamp.millisecond))
            } else {
                moment = first
            }
        }
        latest = moment
        return moment
    }

    /// Distances are asked for once an hour of the log: a time zone's rule changes on no finer step than 15 minutes, and
    /// the hours around a change are those that are asked for anew.
    private mutating func offsets(ofLocal local: Int64) -> (first: Int, second: Int) {
        let quarter = Int(local / 900)
        if let hour, hour.number == quarter { return hour.offsets }
        let offsets = zone.offsets(ofLocal: local)
        hour = (quarter, offsets)
        return offsets
    }

    private mutating func dayNumber(of stamp: LogStamp) -> Int? {
        if let day, day.year == stamp.year, day.month == stamp.month, day.day == stamp.day { return day.number }
        guard
            let number = stamp.year.map({ CivilDay.number(year: $0, month: stamp.month, day: stamp.day) })
                ?? inferred(stamp)
        else { return nil }
        day = (stamp.year, stamp.month, stamp.day, number)
        return number
    }

    private mutating func inferred(_ stamp: LogStamp) -> Int? {
        switch years {
        case .before(let limit):
            let last = Int(limit.seconds / 86_400) + 2
            let year = CivilDay.year(of: last)
            // 29 February may lie up to eight years back (1904 follows 1896).
            for year in stride(from: year, through: year - 8, by: -1) {
                if let number = CivilDay.number(year: year, month: stamp.month, day: stamp.day), number <= last {
                    return number
                }
            }
            return nil
        case .from(let first):
            var place = position ?? (min(max(first, 1), 9999), stamp.month)
            if stamp.month + 6 < place.month {
                place.year += 1
            } else if stamp.month > place.month + 6 {
                // A line of the old year that was written after the first of the new one.
                return CivilDay.number(year: place.year - 1, month: stamp.month, day: stamp.day)
            }
            place.month = stamp.month
            position = place
            return CivilDay.number(year: place.year, month: stamp.month, day: stamp.day)
        }
    }
}
