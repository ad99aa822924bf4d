// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PosternServer
internal import StatusModel

/// Where the rotations of the configured domains stand.
struct RotationStatus {
    /// A rotation as JSON shows it.
    private struct Entry: Encodable {
        var domain: String
        /// `publishing`, `draining` or `retiring`.
        var phase: String
        var madeAt: Timestamp
        var switchedAt: Timestamp?
        var retireAt: Timestamp?
        var keys: [KeyRotation.Step]
    }

    private var entries: [Entry] = []

    /// Reads them, of all domains or of one.
    init(_ configuration: Configuration, only domain: String?, at now: Moment) throws {
        for settings in configuration.domains where domain.map({ $0.lowercased() == settings.plan.name }) ?? true {
            guard let directory = RotationWork.directory(of: settings),
                let rotation = try RotationFile(of: settings.plan.name, in: directory).read()
            else { continue }
            let phase =
                switch rotation.phase(at: now) {
                case .publishing: "publishing"
                case .draining: "draining"
                case .retiring: "retiring"
                }
            entries.append(
                Entry(
                    domain: rotation.domain, phase: phase,
                    madeAt: Timestamp(Moment(milliseconds: rotation.madeAt)),
                    switchedAt: rotation.switchedAt.map { Timestamp(Moment(milliseconds: $0)) },
                    retireAt: rotation.retireAt.map { Timestamp(Moment(milliseconds: $0)) }, keys: rotation.steps))
        }
    }

    func show(asJSON: Bool) throws {
        if asJSON { return try printJSON(entries) }
        guard !entries.isEmpty else { return print("no keys are being rotated") }
        let rows = entries.map { entry in
            let words =
                switch entry.phase {
                case "publishing": "new records to be published"
                case "draining": "old records must stay until \(entry.retireAt.map { "\($0)" } ?? "")"
                default: "old records can go"
                }
            return [
                entry.domain, entry.keys.map(\.oldSelector).joined(separator: ", "),
                entry.keys.map(\.newSelector).joined(separator: ", "), words,
            ]
        }
        print(Table(["domain", "from", "to", "stands at"], rows))
    }
}
