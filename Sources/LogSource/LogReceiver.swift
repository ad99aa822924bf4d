// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Takes what a log source reads.
///
/// A follower calls from its own thread, one call at a time and in the order of the log. While a call lasts nothing more is
/// read: a slow receiver makes the log wait in its file, not in memory.
public protocol LogReceiver: AnyObject {
    /// Takes one line, without its end; the bytes are gone when the call returns.
    /// - Parameters:
    ///   - line: At most `LineSplitter.maximumLength` bytes, none of them LF or NUL.
    ///   - time: When the line was written, where the source knows: then the line has no stamp and no host and begins with
    ///     its tag. `nil` for a line of a file, which tells its time itself.
    func receive(_ line: Span<UInt8>, writtenAt time: Moment?)

    /// Tells that all lines before `position` have been handed on: what to store, at the end of each batch.
    func reached(_ position: LogPosition)

    /// Tells what became of the source, between the lines where it happened.
    func noticed(_ event: LogSourceEvent)
}
