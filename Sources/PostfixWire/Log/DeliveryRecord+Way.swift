// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Where a delivery led, by who delivered and to which relay.
extension DeliveryRecord {
    /// Where the attempt led.
    public func way(in line: Span<UInt8>) -> DeliveryAttempt.Way {
        switch daemon {
        case .smtp, .lmtp:
            return relay.isLocal(in: line) ? .handedOn(as: queuedAs(in: line)) : .remote
        case .local:
            return forwardedAs(in: line).map { .forwarded(as: $0) } ?? .local
        case .virtual, .pipe, .discard:
            return .local
        case .error, .cleanup, .qmgr, .smtpd, .pickup, .bounce, .postsuper, .postscreen, .master, .script, .other:
            return .none
        }
    }

    /// Whether the text repeats an older failure: no attempt was made.
    public func isSuspended(in line: Span<UInt8>) -> Bool {
        line.has("delivery temporarily suspended: ", at: Int(text.start))
    }

    /// The message as which local(8) forwarded this one: `status=sent (forwarded as QUEUEID)`.
    func forwardedAs(in line: Span<UInt8>) -> QueueID? {
        guard daemon == .local, outcome == .sent else { return nil }
        var index = Int(text.start)
        guard line.skip("forwarded as ", at: &index), let id = line.queueID(at: &index), index == Int(text.end) else {
            return nil
        }
        return id
    }

    /// The ID under which a filter on this host gave the message back, if its reply ends with `queued as QUEUEID`.
    private func queuedAs(in line: Span<UInt8>) -> QueueID? {
        guard outcome == .sent else { return nil }
        let end = min(Int(text.end), line.count)
        var index = end
        while index > Int(text.start), Span<UInt8>.isAlphanumeric(line[index - 1]) { index -= 1 }
        guard index - 10 >= Int(text.start), line.has("queued as ", at: index - 10) else { return nil }
        return line.queueID(at: &index)
    }
}
