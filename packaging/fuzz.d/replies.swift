// SPDX-License-Identifier: Apache-2.0
// Asks the shipped rules about a reply that a hostile server worded: host and stage on the first line, then the reply.
// A reading from memory must be the reading made anew; what it quotes stands in the reply; no pattern may run away.
import PosternCore
import Replies

private let rules: ReplyRules = {
    do { return try ReplyRules.load(shipped: "Sources/Replies/Rules", site: nil) } catch {
        preconditionFailure("\(error)")
    }
}()

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Input(start, count)
    let stages = DeliveryStage.allCases
    let stage = stages[Int(input.byte()) % stages.count]
    let name = input.text()
    let host = name.isEmpty ? nil : name
    let reply = SMTPReply(code: nil, status: nil, text: input.all, stage: stage)
    let reading = rules.reading(of: reply, from: host)
    precondition(rules.reading(of: reply, from: host) == reading)
    if let token = reading.token { precondition(!token.isEmpty && token.utf8.count <= 3 * reply.text.utf8.count) }
    if reading.rule == nil { precondition(reading.replyClass == .other) }
    precondition(reading.rule == nil || rules.rules.contains { $0.name == reading.rule })
    return 0
}
