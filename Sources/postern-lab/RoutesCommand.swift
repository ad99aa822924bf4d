// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
internal import PosternCore
internal import Routes

/// `postern-lab routes`: publishes routes by hand, as the daemon does.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "Publish routes for Postfix, and print those that hold.",
        discussion: """
            Reads changes, a line each: "KEY SECONDS TARGET" for a row that holds so long, "KEY" alone for one that goes.
            """)

    @Argument(help: "The database.")
    var path: String

    @Option(help: "Publish and remove so many rows, over and over, until killed.")
    var churn: Int?

    func run() throws {
        let store = try RouteStore(path: path, at: now)
        var batch = RouteBatch()
        while let line = readLine() {
            let fields = line.split(separator: " ", maxSplits: 2).map(String.init)
            if fields.count == 1 {
                batch.deletes.append(fields[0])
            } else if fields.count == 3, let seconds = Int(fields[1]), let target = RouteTarget(fields[2]) {
                batch.upserts.append(RouteRow(key: fields[0], target: target, expires: now + .seconds(seconds)))
            } else if !fields.isEmpty {
                throw ValidationError("\(line): neither KEY nor KEY SECONDS TARGET")
            }
        }
        try store.publish(batch, at: now)
        for row in try store.rows(at: now) { print("\(row.key) \(row.target)") }
        guard let churn else { return }
        fflush(nil)
        let rows = (0..<churn).map {
            RouteRow(key: "\($0).example", target: .retry(text: "4.7.0 x"), expires: now + .hours(1))
        }
        while true {
            try store.publish(RouteBatch(upserts: rows), at: now)
            try store.publish(RouteBatch(deletes: rows.map(\.key)), at: now)
        }
    }

    private var now: Moment { Moment(seconds: Int64(time(nil))) }
}
