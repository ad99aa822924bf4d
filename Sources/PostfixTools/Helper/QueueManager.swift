// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Glibc

/// The running qmgr(8) of one instance of Postfix: the child of that instance's master(8).
///
/// To end it is the least that has its active queue routed anew: as it starts again, it puts what it finds there back into
/// the incoming queue; what is being delivered stays locked and is passed over. `postfix reload` would do that too, and
/// beside it put in force whatever somebody is just changing in main.cf.
struct QueueManager {
    let process: pid_t

    /// Looks for it; `nil` if Postfix does not run.
    init?(spool: String) {
        guard let text = Self.read("\(spool)/pid/master.pid"),
            let master = pid_t(text.filter { $0 != " " && $0 != "\n" }), master > 1,
            let children = Self.read("/proc/\(master)/task/\(master)/children")
        else { return nil }
        let found = children.split(separator: " ").compactMap { pid_t($0) }.first {
            Self.read("/proc/\($0)/comm") == "qmgr\n"
        }
        guard let found else { return nil }
        process = found
    }

    /// Ends it; master(8) logs that, and starts another when it is needed.
    func end() {
        kill(process, SIGHUP)
    }

    private static func read(_ path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }
}
