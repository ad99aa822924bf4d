// SPDX-License-Identifier: Apache-2.0
// Asks the queue helper, which runs as root, for all sorts of things; and gives its client all sorts of answers.
// What is taken for a request is just its own line, and holds nothing but a known verb and queue IDs.
import PosternCore

@testable import PostfixTools

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Input(start, count).rest
    if let request = HelperRequest(line: bytes.span) {
        precondition(Array(request.line.utf8) == bytes)
        precondition(request.ids.count <= HelperRequest.maximumIDs)
        precondition(request.ids.allSatisfy { id in id.description.utf8.allSatisfy { $0.isOfID } })
        // Root shall be able to paste it: no quote, dollar or line end of the asker's.
        precondition(request.commandLine.utf8.count { $0 == UInt8(ascii: "\\") } <= 1)
        precondition(!request.commandLine.contains("\n") && !request.commandLine.contains("$"))
    }
    if let answer = HelperAnswer(bytes) {
        precondition(HelperAnswer(answer.bytes) != nil)
        if case .done = answer { precondition(HelperAnswer(answer.bytes) == answer) }
    }
    return 0
}

extension UInt8 {
    fileprivate var isOfID: Bool { 0x30...0x39 ~= self || 0x41...0x5A ~= self || 0x61...0x7A ~= self }
}
