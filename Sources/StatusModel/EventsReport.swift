// SPDX-License-Identifier: Apache-2.0

/// What `GET /v1/events` answers.
public struct EventsReport: Codable, Hashable, Sendable {
    /// The events asked for, the newest first.
    public var events: [EventReport]

    /// Those events.
    public init(events: [EventReport]) {
        self.events = events
    }
}
