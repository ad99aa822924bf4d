// SPDX-License-Identifier: Apache-2.0
// Reads a hostile file: as a configuration, or as a file of reply rules; the first byte tells.
// Either it is taken, or every complaint names a line that the file has. Nothing traps.
import PosternServer
import Settings

@testable import Replies

private func look(at problems: [Problem], in text: String) {
    precondition(!problems.isEmpty)
    let lines = 1 + text.utf8.count { $0 == UInt8(ascii: "\n") }
    for problem in problems {
        precondition(problem.line.map { 1...lines ~= $0 } ?? true)
        precondition(!problem.description.isEmpty)
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Input(start, count)
    let kind = input.byte()
    let text = input.all
    if kind & 1 == 0 {
        do throws(Problems) {
            _ = try SettingsDocument.read(text, file: "fuzz") { Configuration($0, readsRules: false) }
        } catch {
            look(at: error.all, in: text)
        }
    } else {
        let file = RuleFile(text: text, path: "fuzz")
        if !file.problems.isEmpty { look(at: file.problems, in: text) }
    }
    return 0
}
