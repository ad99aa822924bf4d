// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import LimitState
import PosternCore
import ScratchSpace
import Testing

@Suite struct `The limits' file` {
    let folder: ScratchFolder
    let told = Told()

    init() throws { folder = try ScratchFolder() }

    @Test func `gives back what was written, by rule and sender`() {
        let state = OpenState(folder.path, told)
        #expect(state.write(.of(3)))
        #expect(state.write(.of(5, key: 8, rule: "web")))
        #expect(state.write(.of(4)))
        state.close()
        let next = OpenState(folder.path, told, fresh: .second)
        #expect(next.counters == ["login 7": .of(4), "web 8": .of(5, key: 8)])
        #expect(told.all == [])
    }

    @Test func `keeps the secret and the clock of the run that made it`() {
        let state = OpenState(folder.path, told, fresh: .second)
        #expect(state.start.anchor == nil)
        state.write(.of(1))
        state.close()
        let next = OpenState(folder.path, told, fresh: .first)
        #expect(next.start.hashKey == .second)
        #expect(next.start.anchor == .at(.noon))
    }

    @Test func `is readable by its owner alone`() throws {
        _ = OpenState(folder.path, told)
        for name in folder.names {
            let mode = try FileManager.default.attributesOfItem(atPath: folder[name])[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test func `knows senders by name`() {
        let state = OpenState(folder.path, told)
        var batch = LimitBatch()
        let key = SenderKey(low: .max, high: 0)
        batch.senders = [KnownSender(key: key, name: "login:alice", class: .login, seen: .noon)]
        state.write(batch)
        let found = state.sender(of: key)
        #expect(found?.name == "login:alice")
        #expect(found?.seen == .noon)
        #expect(state.sender(of: SenderKey(low: 0, high: 0)) == nil)
    }

    @Test func `keeps who is stopped until it is told otherwise`() {
        let state = OpenState(folder.path, told)
        var batch = LimitBatch()
        let stop = StoppedSender(name: "login:alice", since: .noon, until: .noon + .hours(1), reason: "many origins")
        batch.stops = [stop]
        state.write(batch)
        state.write(.of(1))
        #expect(state.stops == [stop])
        batch.stops = []
        state.write(batch)
        #expect(state.stops == [])
    }

    @Test func `forgets what no window reaches any more, a part at a time, and nothing else`() {
        let state = OpenState(folder.path, told)
        for round in 0..<5 {
            var batch = LimitBatch()
            for key in 0..<1000 as Range<UInt64> {
                let key = UInt64(round) * 1000 + key
                let stamp = key % 2 == 0 ? Moment.noon : .noon - .hours(1)
                batch.counters.append(.init(rule: "login", record: .of(1, key: key, at: stamp)))
            }
            state.write(batch)
        }
        #expect(state.counters.count == 5000)
        // The hand starts anywhere: 5000 rows are four portions of 2000, its return included.
        for _ in 0..<5 { state.write(LimitBatch(), forgettingBefore: .noon - .milliseconds(1)) }
        let rest = state.counters
        #expect(rest.count == 2500)
        #expect(rest.values.allSatisfy { $0.stamp == .noon })
    }

    @Test func `passes over rows that are damaged`() throws {
        let state = OpenState(folder.path, told)
        state.write(.of(3))
        state.write(.of(3, key: 9))
        state.close()
        try DatabaseQueue(path: folder["limits.db"]).write {
            try $0.execute(sql: "UPDATE counter SET counts = x'FF00' WHERE low = 9")
        }
        let next = OpenState(folder.path, told)
        #expect(Array(next.counters.keys) == ["login 7"])
    }
}
