// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore
internal import PosternServer
internal import PostfixTools
internal import Settings
internal import Setup

/// One run of `postern setup`: looks, plans, shows, asks, and does.
struct SetupRun {
    let survey: PostfixSurvey
    /// The configuration file.
    let path: String
    let wiresListings: Bool
    /// The domains asked for; empty for those that main.cf tells of.
    let domains: [String]
    let isAgreed: () -> Bool

    func run() throws {
        let places = try SetupPlaces()
        let record = try SetupRecord.load()
        let site = try survey.site()
        let present = try presentConfiguration()
        let request = request(site, present)
        let plan = SetupPlan(for: site, request)
        let files = PostfixFiles(directory: site.values.configurationDirectory, commands: survey.commands)
        guard record.map({ $0.directory == files.directory }) ?? true else {
            throw SafeFile.Failure(
                text: "\(record?.directory ?? "") was set up before: undo that first, or wire this one by hand "
                    + "(postern setup --dry-run --postfix-config shows the lines once that is undone)")
        }
        try places.makeRecord()
        let before = try files.contents()
        let after = try files.draft(plan.edits.map(\.arguments), of: before)
        let additions = SetupAdditions(to: path, present, site, domains)

        let text = SetupText(plan: plan)
        text.show(difference: try files.difference(before, after))
        additions.show()
        let isStale = try request.wiresListings && present != nil && SetupTables(path: path).areStale()
        if isStale {
            print("/etc/postern: routes.cf and delivery-status.pcre are written anew, for the rules in force")
        }
        if plan.edits.isEmpty, additions.isEmpty, !isStale {
            print("nothing to do: Postern is attached")
        } else if isAgreed() {
            try files.requireUnchanged(since: before)
            try places.make(queueDirectory: site.values.queueDirectory)
            // Sockets, routes and keys are there before Postfix asks for them.
            let records = try additions.make(places)
            let needsTables = isStale || plan.edits.contains { $0.arguments[1].contains("/etc/postern/") }
            if needsTables { try SetupTables(path: path).write() }
            try SetupDaemon.restart(isChanged: !additions.isEmpty)
            try files.requireUnchanged(since: before)
            try keep(plan.edits, of: files, before, after)
            try files.replace(before, by: after)
            let mustReload = isStale || !plan.edits.isEmpty
            text.tell(isReloaded: try !mustReload || files.reload(), records: records)
        }
        text.showRefusals()
        if !plan.refusals.isEmpty { throw ExitStatus.finding }
    }

    /// The configuration as it is; `nil` where there is none yet.
    private func presentConfiguration() throws -> Configuration? {
        guard access(path, F_OK) == 0 else { return nil }
        return try ConfigurationFile.value(of: path, Configuration.loadWithoutRules)
    }

    private func request(_ site: PostfixSite, _ present: Configuration?) -> SetupRequest {
        var request = SetupRequest()
        request.wiresListings = wiresListings || present?.modes.listings == .enforce
        if let present {
            request.reach("\(present.milter.socket)", queueDirectory: site.values.queueDirectory)
            request.probeTransport = present.listings.listing.probeTransport
        }
        return request
    }

    /// Remembers what is about to be done, before it is.
    private func keep(
        _ edits: [PostfixEdit], of files: PostfixFiles, _ before: [String: [UInt8]], _ after: [String: [UInt8]]
    ) throws {
        guard !edits.isEmpty else { return }
        var record = try SetupRecord.load() ?? SetupRecord(directory: files.directory)
        let isFirst = record.edits.isEmpty
        for name in PostfixFiles.names {
            if isFirst {
                try SetupRecord.keep(before[name] ?? [], of: name, .before)
            } else if try SetupRecord.copy(of: name, .after) != before[name] {
                record.exact.remove(name)
            }
            try SetupRecord.keep(after[name] ?? [], of: name, .after)
        }
        record.edits += edits
        try record.save()
    }
}
