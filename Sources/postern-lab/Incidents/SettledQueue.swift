// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// Waits until Postfix has nothing more to do.
struct SettledQueue {
    let lab: Lab

    /// - Returns: Whether the queue is empty, what is held left aside.
    func wait(within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if try await lab.postqueue().allSatisfy({ $0.contains(#""queue_name": "hold""#) }) { return true }
            try await Task.sleep(for: .milliseconds(500))
        }
        return false
    }
}
