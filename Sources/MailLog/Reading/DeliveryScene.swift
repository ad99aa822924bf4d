// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire

/// Who took part in one attempt: what tells whose words its line carries.
struct DeliveryScene {
    let record: LogRecord
    let attempt: DeliveryRecord
    /// The words taken apart, where it was no acceptance.
    let report: RemoteReport?
    /// The host of `relay=`.
    let relay: RelayPeer?
    /// The host that Postfix's frame names as the one that spoke.
    let speaker: RelayPeer?

    /// Whose words the line carries.
    ///
    /// Nothing within the reply is asked: the daemon, `relay=` and the frame are Postfix's own to write.
    func source(in line: Span<UInt8>) -> NewsSource {
        switch record.tag.daemon {
        case .smtp, .lmtp: remoteSource(in: line)
        case .error: isOurPause(in: line) ? .ourPause : .postfix
        case .qmgr: .postfix
        case .smtpd, .pickup, .cleanup, .local, .virtual, .pipe, .discard, .bounce, .postsuper, .postscreen, .master,
            .script, .other:
            .untrusted
        }
    }

    private func remoteSource(in line: Span<UInt8>) -> NewsSource {
        guard let relay else { return .postfix }
        if let report {
            if report.isSuspended || report.speaker == .postfix { return .postfix }
            guard let speaker, speaker.provider == relay.provider else { return .foreignHost }
        }
        return relay.provider == nil || attempt.relay.isLocal(in: line) ? .foreignHost : .provider
    }

    /// The text of our `retry:` rows, by how each ends: retry(8) asks no host, so nobody else words it.
    private func isOurPause(in line: Span<UInt8>) -> Bool {
        attempt.outcome == .deferred
            && line.extracting(line.bounds(attempt.text)).ends(with: "kept and will be retried")
    }
}
