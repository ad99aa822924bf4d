// SPDX-License-Identifier: Apache-2.0

/// Whether Postfix is wired to Postern as Postern's configuration needs it.
public struct PostfixCheck: Sendable {
    private let setup: PostfixSetup

    /// A check of a set-up.
    public init(_ setup: PostfixSetup) {
        self.setup = setup
    }

    /// Looks at everything.
    public func run() -> [CheckItem] {
        milters() + routing() + [filter(), routes(), delay()].compactMap { $0 } + signatures()
    }

    private func milters() -> [CheckItem] {
        ["smtpd_milters", "non_smtpd_milters"].map { parameter in
            let list = MilterList(setup[parameter])
            guard let entry = list.entry(for: setup.socket, queue: setup["queue_directory"]) else {
                return found(
                    .milterUnwired, parameter, "\(parameter) does not name \(setup.milter)", .run("postern setup"))
            }
            let action = entry.settings["default_action"] ?? setup["milter_default_action"]
            guard action == "accept" else {
                return found(
                    .milterFailsClosed, parameter,
                    "default_action of \(entry.socket) is \(action.isEmpty ? "tempfail" : action)",
                    .act("write { \(entry.socket), default_action=accept } in \(parameter), unless that is meant"))
            }
            return CheckItem(.postfix, parameter, .good("names \(entry.socket), accepts while that is away"))
        }
    }

    /// Whether a provider can be paused here, so that all that it takes must be there.
    private var pauses: Bool { setup.pausesProviders && setup.otherRouting == nil }

    private func routing() -> [CheckItem] {
        guard setup.watchesListings, let reason = setup.otherRouting else { return [] }
        return [
            found(
                .relayhostCarries, "relayhost", reason,
                .act("nothing, if that is meant; else let Postfix deliver by itself"))
        ]
    }

    private func filter() -> CheckItem? {
        let parameter = "smtp_delivery_status_filter"
        guard let wanted = setup.filter.wanted else { return nil }
        let wire = "postern setup --listings"
        let value = setup[parameter].isEmpty ? setup["default_delivery_status_filter"] : setup[parameter]
        if value.isEmpty {
            guard pauses else { return nil }
            return found(.filterMissing, parameter, "\(parameter) is not set", .run(wire))
        }
        guard let installed = setup.filter.installed else {
            guard pauses else { return nil }
            return found(.filterForeign, parameter, "\(value) is no table that Postern has written", .run(wire))
        }
        guard installed == wanted else {
            return found(
                .filterStale, parameter,
                "\(value) is of other reply rules (\(installed)) than those in force (\(wanted))",
                .run(wire))
        }
        return CheckItem(.postfix, parameter, .good("\(value), of the rules in force"))
    }

    private func routes() -> CheckItem? {
        guard pauses else { return nil }
        let wire = "postern setup --listings"
        guard let maps = setup.managerRoutes else {
            return found(.routesUnwired, "master.cf", "qmgr asks no rewrite service that has our routes", .run(wire))
        }
        guard maps.split(whereSeparator: { $0 == "," || $0.isWhitespace }).contains(Substring(setup.routes)) else {
            return found(
                .routesUnwired, "master.cf", "qmgr's transport_maps (\(maps)) lack \(setup.routes)", .run(wire))
        }
        return CheckItem(.postfix, "routes", .good("qmgr reads \(setup.routes)"))
    }

    private func delay() -> CheckItem? {
        let value = setup["delay_warning_time"]
        guard pauses else { return nil }
        // Never is nothing, or naught of any unit.
        guard value.allSatisfy({ "0smhdw".contains($0) }) else {
            return CheckItem(.postfix, "delay_warning_time", .good("senders hear of delays after \(value)"))
        }
        return found(
            .delayUntold, "delay_warning_time", "delay_warning_time is not set",
            .run("postconf -e 'delay_warning_time = 4h' && postfix reload"))
    }

    /// What smtp(8) changes after we have signed.
    private func signatures() -> [CheckItem] {
        guard setup.signs else { return [] }
        var items: [CheckItem] = []
        let limit = setup["smtp_line_length_limit"]
        if limit != "0" {
            items.append(
                found(
                    .longLinesBroken, "smtp_line_length_limit",
                    "lines of more than \(limit.isEmpty ? "998" : limit) bytes are broken on the way out",
                    .run("postconf -e 'smtp_line_length_limit = 0' && postfix reload")))
        }
        if setup["disable_mime_output_conversion"] != "yes" {
            items.append(
                found(
                    .eightBitRecoded, "disable_mime_output_conversion",
                    "8-bit mail is re-coded where a host lacks 8BITMIME",
                    .run("postconf -e 'disable_mime_output_conversion = yes' && postfix reload")))
        }
        if items.isEmpty {
            items.append(CheckItem(.postfix, "signatures", .good("nothing is changed after signing")))
        }
        return items
    }

    private func found(_ kind: FindingKind, _ name: String, _ what: String, _ remedy: Finding.Remedy) -> CheckItem {
        CheckItem(.postfix, name, .found(Finding(kind, about: name, what, remedy: remedy)))
    }
}
