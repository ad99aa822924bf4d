// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import Synchronization

/// The open connections of policy clients: so many and no more, and all closed at the end.
final class PolicyClients: Sendable {
    private let most: Int
    private let open = Mutex<[ObjectIdentifier: any Channel]?>([:])

    init(most: Int) {
        self.most = most
    }

    /// Whether a connection may stay; it is forgotten when it closes.
    func admit(_ channel: any Channel) -> Bool {
        let isAdmitted = open.withLock { open in
            guard let count = open?.count, count < most else { return false }
            open?[ObjectIdentifier(channel)] = channel
            return true
        }
        guard isAdmitted else { return false }
        channel.closeFuture.whenComplete { [self] _ in
            open.withLock { $0?[ObjectIdentifier(channel)] = nil }
        }
        return true
    }

    /// Closes all, and admits nobody any more.
    func close() async {
        let channels = open.withLock { open in
            defer { open = nil }
            return open.map { Array($0.values) } ?? []
        }
        for channel in channels {
            // A peer that was quicker is no error.
            try? await channel.close()
        }
    }
}
