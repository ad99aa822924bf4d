// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

extension HashKey {
    /// A secret of the system's random numbers.
    static func random() -> HashKey {
        HashKey(low: .random(in: 0...(.max)), high: .random(in: 0...(.max)))
    }
}
