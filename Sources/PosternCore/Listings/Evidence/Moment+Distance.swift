// SPDX-License-Identifier: Apache-2.0

extension Moment {
    /// How far apart two moments are, whichever comes first.
    func distance(to other: Moment) -> Duration {
        self < other ? other.since(self) : since(other)
    }
}
