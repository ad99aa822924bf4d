// SPDX-License-Identifier: Apache-2.0
public import PostfixWire

/// One line of Postfix's.
public struct HeardLine: Sendable {
    /// What it says; fields of text are ranges of the line that was read.
    public let record: LogRecord
    /// The attempt that it is about, judged, if it is about one.
    public let delivery: Delivery?
}
