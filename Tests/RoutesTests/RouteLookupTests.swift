// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import Routes
import ScratchSpace
import Testing

@Suite(.enabled(if: Postmap.isPossible, "needs root and Postfix with sqlite"))
struct `Postfix asking the routes` {
    let folder: ScratchFolder
    let store: RouteStore
    let postmap: Postmap
    let now = Moment.now

    init() throws {
        folder = try ScratchFolder()
        postmap = try Postmap(folder["routes.db"], in: folder)
        store = try RouteStore(path: folder["routes.db"], at: now)
    }

    private func publish(_ rows: RouteRow...) throws {
        try store.publish(RouteBatch(upserts: rows), at: now)
    }

    @Test func `finds a row, whatever the letter case it asks in, and nothing else`() throws {
        try publish(.pause("hotmail.example", until: now + .hours(1)))
        #expect(try postmap("hotmail.example") == .found("retry:4.7.0 mail is kept"))
        #expect(try postmap("Hotmail.EXAMPLE") == .found("retry:4.7.0 mail is kept"))
        #expect(try postmap("sub.hotmail.example") == .notFound)
        #expect(try postmap("ann@hotmail.example") == .notFound)
        #expect(try postmap("*") == .notFound)
    }

    @Test func `finds no row that has expired, though nobody removed it`() throws {
        try store.publish(RouteBatch(upserts: [.pause("a.example", until: now - .seconds(1))]), at: now - .hours(1))
        #expect(try store.rows(at: now).map(\.key) == ["a.example"])
        #expect(try postmap("a.example") == .notFound)
    }

    @Test func `takes the text literally`() throws {
        let text = #"4.7.0 it's "kept" 100% %s %% $1 ${x} \\ <é> [192.0.2.1]; 'x'--"#
        try publish(.pause("a.example", text: text, until: now + .hours(1)))
        #expect(try postmap("a.example") == .found("retry:" + text))
    }

    @Test(arguments: [
        #""ann smith"@a.example"#, #"o'brien@a.example"#, #""x' or '1'='1"@a.example"#, "ann+ext@a.example",
        "%s@a.example",
        #"a"b\"c@a.example"#, "a@b@a.example", "é@a.example",
    ])
    func `finds an address of any form, and by it no other`(address: String) throws {
        try publish(
            RouteRow(key: address, target: .transport("postern-probe"), expires: now + .hours(1)),
            .pause("a.example", until: now + .hours(1)))
        #expect(try postmap(address) == .found("postern-probe:"))
        #expect(try postmap("bob@a.example") == .notFound)
    }

    @Test func `reads on with the store closed, though it may not write`() throws {
        try publish(.pause("a.example", until: now + .hours(1)))
        store.close()
        #expect(try postmap("a.example") == .found("retry:4.7.0 mail is kept"))
    }

    @Test func `reads on after root has looked while the store was closed`() throws {
        try publish(.pause("a.example", until: now + .hours(1)))
        store.close()
        #expect(try postmap("a.example", as: "root") == .found("retry:4.7.0 mail is kept"))
        #expect(try postmap("a.example") == .found("retry:4.7.0 mail is kept"))
    }
}
