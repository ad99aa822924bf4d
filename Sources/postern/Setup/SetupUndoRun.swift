// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PostfixTools
internal import Setup

/// One run of `postern setup --undo`.
struct SetupUndoRun {
    let survey: PostfixSurvey
    let isAgreed: () -> Bool

    func run() throws {
        guard let record = try SetupRecord.load() else { return print("nothing to undo: setup has changed nothing") }
        let files = PostfixFiles(directory: record.directory, commands: survey.commands)
        let site = try PostfixSurvey(directory: record.directory, commands: survey.commands).site()
        let before = try files.contents()
        let (after, left) = try former(record, files, before, site)
        SetupText(plan: SetupPlan.nothing).show(difference: try files.difference(before, after))
        for line in left { print("left as it is: \(Terminal.harmless(line))") }
        guard isAgreed() else { return }
        try files.replace(before, by: after, inOrder: PostfixFiles.names.reversed())
        // The record goes last: what a reload that failed leaves undone is done by another try.
        let isReloaded = try files.reload()
        SetupRecord.remove()
        print(isReloaded ? "Postfix has read its files anew" : "Postfix does not run; it reads this when it starts")
        print("The configuration, the keys and the state are still there.")
    }

    /// The files as they were: by their copies, or by taking back single edits where somebody else has changed them.
    private func former(
        _ record: SetupRecord, _ files: PostfixFiles, _ now: [String: [UInt8]], _ site: PostfixSite
    ) throws -> (contents: [String: [UInt8]], left: [String]) {
        var exact: [String: [UInt8]] = [:]
        for name in PostfixFiles.names where record.exact.contains(name) {
            guard try SetupRecord.copy(of: name, .after) == now[name] else { continue }
            exact[name] = try SetupRecord.copy(of: name, .before)
        }
        let undo = SetupUndo(record.edits.filter { exact[$0.file] == nil }, in: site)
        for name in PostfixFiles.names where exact[name] == nil {
            print("\(record.directory)/\(name) was changed since: only what setup did is taken back")
        }
        let edited = try files.draft(undo.commands, of: now)
        return (edited.merging(exact) { $1 }, undo.left)
    }
}
