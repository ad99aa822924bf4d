// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What the queue helper can be asked for: one line, a verb and queue IDs, between single blanks.
///
/// Nothing else passes: no option, no path, no name. So the worst that a caller can do is to hold, release, requeue, return
/// or look at mail, to delete what is on hold, and to have the queue manager look at its mail anew.
public enum HelperRequest: Hashable, Sendable {
    /// Puts messages on hold (`postsuper -h`).
    case hold([QueueID])
    /// Frees messages that are on hold (`postsuper -H`).
    case release([QueueID])
    /// Has messages handled as if they were new (`postsuper -r`).
    case requeue([QueueID])
    /// Deletes messages, only such as are on hold (`postsuper -d … hold`).
    case delete([QueueID])
    /// Has messages returned to their senders at the next attempt that fails (`postsuper -e`).
    case expire([QueueID])
    /// The beginning of a message (`postcat -qhb`).
    case preview(QueueID)
    /// Has qmgr(8) start anew, so that mail which it took into its active queue is routed anew.
    case reloadQueueManager

    /// The most IDs in one request.
    public static let maximumIDs = 1000
    /// The longest line, in bytes without its end.
    static let maximumLine = 32 + maximumIDs * (QueueID.maximumLength + 1)

    /// Reads a line without its end; `nil` if it asks for nothing that is known.
    init?(line: Span<UInt8>) {
        guard line.count <= Self.maximumLine else { return nil }
        let words = line.withUnsafeBufferPointer {
            $0.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { Array($0) }
        }
        guard let verb = words.first else { return nil }
        let ids = words.dropFirst().compactMap { QueueID($0.span) }
        guard ids.count == words.count - 1, ids.count <= Self.maximumIDs else { return nil }
        switch (String(decoding: verb, as: UTF8.self), ids.count) {
        case ("hold", 1...): self = .hold(ids)
        case ("release", 1...): self = .release(ids)
        case ("requeue", 1...): self = .requeue(ids)
        case ("delete", 1...): self = .delete(ids)
        case ("expire", 1...): self = .expire(ids)
        case ("preview", 1): self = .preview(ids[0])
        case ("reload-qmgr", 0): self = .reloadQueueManager
        default: return nil
        }
    }

    /// The verb.
    var verb: String {
        switch self {
        case .hold: "hold"
        case .release: "release"
        case .requeue: "requeue"
        case .delete: "delete"
        case .expire: "expire"
        case .preview: "preview"
        case .reloadQueueManager: "reload-qmgr"
        }
    }

    /// The messages that it is about.
    var ids: [QueueID] {
        switch self {
        case .hold(let ids), .release(let ids), .requeue(let ids), .delete(let ids), .expire(let ids): ids
        case .preview(let id): [id]
        case .reloadQueueManager: []
        }
    }

    /// The line, without its end.
    var line: String { ([verb] + ids.map(\.description)).joined(separator: " ") }

    /// What root types for the same.
    public var commandLine: String {
        switch self {
        case .hold(let ids): Self.postsuper("-h", ids)
        case .release(let ids): Self.postsuper("-H", ids)
        case .requeue(let ids): Self.postsuper("-r", ids)
        case .delete(let ids): Self.postsuper("-d", ids) + " hold"
        case .expire(let ids): Self.postsuper("-e", ids)
        case .preview(let id): "postcat -qhb \(id)"
        case .reloadQueueManager: "postfix reload"
        }
    }

    private static func postsuper(_ option: String, _ ids: [QueueID]) -> String {
        if ids.count == 1 { return "postsuper \(option) \(ids[0])" }
        return "printf '%s\\n' " + ids.map(\.description).joined(separator: " ") + " | postsuper \(option) -"
    }
}
