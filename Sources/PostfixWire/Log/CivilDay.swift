// SPDX-License-Identifier: Apache-2.0

/// Days of the Gregorian calendar, counted from 1970-01-01.
enum CivilDay {
    /// The number of a date's day; `nil` if the month has no such day.
    static func number(year: Int, month: Int, day: Int) -> Int? {
        guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= length(ofMonth: month, year: year) else { return nil }
        // Years begin in March here, so that the leap day is the last of its year.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The year in which a day lies, for days from the year 1 to 9999; others are taken for the nearest of these.
    static func year(of number: Int) -> Int {
        let day = min(max(number, -719_162), 2_932_896) + 719_468
        let era = day / 146_097
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        // From the 306th day on it is January or February of the year after.
        return yearOfEra + era * 400 + (dayOfYear >= 306 ? 1 : 0)
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
