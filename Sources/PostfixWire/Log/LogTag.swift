// SPDX-License-Identifier: Apache-2.0

/// Who wrote a line: the syslog tag `postfix/postern-probe/smtp[15724]`, which is `syslog_name`, daemon and process ID.
public struct LogTag: Hashable, Sendable {
    /// The program.
    public let daemon: LogDaemon
    /// The `syslog_name`: `postfix`, `postfix-out`, `postfix/submission`, `postfix/postern-probe`.
    public let syslogName: LineRange
    /// The process ID, where the tag has one.
    public let processID: UInt32?

    /// The service of master.cf that the tag tells, as Debian's `-o syslog_name=postfix/$service_name` writes it.
    ///
    /// It is the part of `syslogName` after its last slash; `nil` where there is no slash, and the service is not told.
    public func service(in line: Span<UInt8>) -> LineRange? {
        let bounds = syslogName.bounds(in: line)
        var index = bounds.upperBound
        while index > bounds.lowerBound {
            if line[index - 1] == UInt8(ascii: "/") { return LineRange(index, bounds.upperBound) }
            index -= 1
        }
        return nil
    }

    /// Reads a tag that ends with a colon and a blank at `index`, and steps over all of it.
    /// - Returns: `nil` and unmoved if the word at `index` is not the tag of a Postfix program.
    static func read(in line: Span<UInt8>, at index: inout Int) -> LogTag? {
        var slash: Int?
        var nameEnd: Int?
        var end = index
        scan: while end < line.count {
            switch line[end] {
            case UInt8(ascii: "/") where nameEnd == nil: slash = end
            case UInt8(ascii: "["): nameEnd = nameEnd ?? end
            case UInt8(ascii: ":"), UInt8(ascii: " "): break scan
            default: break
            }
            end += 1
        }
        guard let slash, slash > index, line.byte(at: end) == UInt8(ascii: ":") else { return nil }
        guard let daemon = LogDaemon(line.extracting((slash + 1)..<(nameEnd ?? end))) else { return nil }
        var processID: UInt32?
        if var digits = nameEnd.map({ $0 + 1 }) {
            guard let number = line.number(at: &digits), line.byte(at: digits) == UInt8(ascii: "]"), digits + 1 == end
            else { return nil }
            processID = UInt32(exactly: number)
        }
        let syslogName = LineRange(index, slash)
        index = end + 1
        if line.byte(at: index) == UInt8(ascii: " ") { index += 1 }
        return LogTag(daemon: daemon, syslogName: syslogName, processID: processID)
    }
}
