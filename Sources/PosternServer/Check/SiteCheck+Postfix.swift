// SPDX-License-Identifier: Apache-2.0
internal import Deliverability
internal import Foundation
internal import Milter
internal import PostfixTools
internal import Replies
internal import Routes

/// What Postfix says of itself.
struct PostfixFacts: Sendable {
    var parameters: PostfixParameters
    /// `transport_maps` of the rewrite service that qmgr(8) asks.
    var managerRoutes: String?
}

extension SiteCheck {
    /// Asks postconf(1); `nil` if it cannot be asked.
    func postfix() async -> PostfixFacts? {
        try? await CommandRunner.offThread { [programs] () throws(CommandError) in
            let parameters = try PostfixParameters.read(programs)
            guard let service = try ServiceParameter.read("rewrite_service_name", of: "qmgr/unix", programs) else {
                return PostfixFacts(parameters: parameters)
            }
            let routes = try ServiceParameter.read("transport_maps", of: "\(service)/unix", programs)
            return PostfixFacts(parameters: parameters, managerRoutes: routes)
        }
    }

    /// How Postfix is wired to us.
    func wiring(_ facts: PostfixFacts?) -> [CheckItem] {
        guard let facts else {
            let finding = Finding(.postfixUnread, about: "postconf", "postconf fails", remedy: .run("postconf -x"))
            return [CheckItem(.postfix, "postconf", .found(finding))]
        }
        let modes = configuration.modes
        let setup = PostfixSetup(
            parameters: facts.parameters.all, otherRouting: facts.parameters.otherRouting,
            managerRoutes: facts.managerRoutes, socket: socket, routes: RoutesConfiguration.table,
            filter: filter(facts.parameters), signs: modes.signing == .enforce,
            watchesListings: modes.listings != .off, pausesProviders: modes.listings == .enforce)
        return PostfixCheck(setup).run()
    }

    private var socket: PostfixSetup.Socket {
        switch configuration.milter.socket {
        case .unix(let path, _): .unix(path)
        case .inet(let host, let port): .inet(host: host, port: port)
        }
    }

    private func filter(_ parameters: PostfixParameters) -> PostfixSetup.Filter {
        let table = parameters.deliveryStatusFilter ?? ""
        let path = table.drop { $0 != ":" }.dropFirst()
        let wanted = configuration.replies.rules.map { DeliveryStatusFilter($0).fingerprint }
        guard path.hasPrefix("/"), let file = FileHandle(forReadingAtPath: String(path)),
            // The fingerprint stands in the heading.
            let start = try? file.read(upToCount: 4096)
        else { return .init(installed: nil, wanted: wanted) }
        let installed = DeliveryStatusFilter.fingerprint(in: String(decoding: start, as: UTF8.self))
        return .init(installed: installed, wanted: wanted)
    }
}
