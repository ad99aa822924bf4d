// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One attempt for one recipient:
/// `to=<…>, orig_to=<…>, relay=H[ip]:25, conn_use=2, delay=4.2, delays=4.2/0/0/0, dsn=2.6.0, status=sent (250 …)`.
public struct DeliveryRecord: Sendable {
    /// The recipient, without brackets, after aliases were expanded.
    public let recipient: LineRange
    /// The recipient as it came in, where that differs: the address that forwards.
    public let originalRecipient: LineRange?
    /// Where the message went: a peer, or a word (`none`, `local`, `virtual`, the name of a pipe(8) service).
    public let relay: LogRelay
    /// How often the connection has been used, this time included; 1 unless the line tells more.
    public let connectionUse: Int
    /// Time in the queue until now, in milliseconds; Postfix rounds to two digits.
    public let delay: Int64?
    /// `delays=`: before qmgr, in qmgr, connecting, sending; in seconds, with slashes between.
    public let delays: LineRange?
    /// `dsn=`: the enhanced status code that Postfix goes by.
    public let status: EnhancedStatusCode?
    /// `status=`.
    public let outcome: DeliveryOutcome
    /// What stands in the parentheses: a remote server's or Postfix's own words.
    public let text: LineRange
    /// Who delivered.
    let daemon: LogDaemon

    /// Reads what the text says and who said it.
    public func report(in line: Span<UInt8>) -> RemoteReport {
        RemoteReport(text, in: line, isAcceptance: daemon.isRemoteClient && outcome == .sent)
    }

    /// The reply in the core's words; its status is the reply's own, else `dsn=`.
    public func reply(in line: Span<UInt8>) -> SMTPReply {
        report(in: line).reply(in: line, fallback: status)
    }
}
