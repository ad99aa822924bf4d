// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import Synchronization

/// The channels of a lab that are open, so that none outlives it: a socket keeps its network namespace alive.
final class OpenChannels: Sendable {
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    /// Takes note of a channel until it is closed.
    func add(_ channel: any Channel) {
        let key = ObjectIdentifier(channel)
        channels.withLock { $0[key] = channel }
        channel.closeFuture.whenComplete { _ in
            self.channels.withLock { _ = $0.removeValue(forKey: key) }
        }
    }

    /// Closes all.
    func close() async {
        for channel in channels.withLock({ Array($0.values) }) {
            // One that its peer has just closed is as good.
            try? await channel.close()
        }
    }
}
