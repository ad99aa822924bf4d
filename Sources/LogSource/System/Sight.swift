// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Whether a source can be read, told to its receiver when that changes.
struct Sight {
    private var blindness: (since: Moment, reason: String)?

    /// Takes note that nothing can be read, for this reason; tells so once for each reason, with the time of the first.
    mutating func lose(_ reason: String, at now: Moment, telling receiver: any LogReceiver) {
        guard blindness?.reason != reason else { return }
        let since = blindness?.since ?? now
        blindness = (since, reason)
        receiver.noticed(.cannotRead(since: since, reason: reason))
    }

    /// Takes note that the source is read.
    mutating func regain(telling receiver: any LogReceiver) {
        guard let since = blindness?.since else { return }
        blindness = nil
        receiver.noticed(.readableAgain(since: since))
    }
}
