// SPDX-License-Identifier: Apache-2.0
// Feeds a mail log through splitter, grammar, storyteller and the reader of delivery texts, whole and in pieces.
// The lines must be the same wherever a read ended, no text longer than its line, no more stories than allowed.
import MailLog
import PosternCore
import PostfixWire

private func lines(of pieces: [[UInt8]]) -> [[UInt8]] {
    var splitter = LineSplitter()
    var lines: [[UInt8]] = []
    let keep = { (line: Span<UInt8>, place: LineSplitter.Place) in
        precondition(1...LineSplitter.maximumLength ~= line.count)
        lines.append(line.withUnsafeBufferPointer { Array($0) })
    }
    for piece in pieces { splitter.feed(piece.span, keep) }
    splitter.finish(keep)
    precondition(splitter.offset == UInt64(pieces.reduce(0) { $0 + $1.count }))
    precondition(splitter.resumption == splitter.offset)
    return lines
}

private func read(_ delivery: DeliveryRecord, in line: Span<UInt8>) {
    let reply = delivery.reply(in: line)
    precondition(reply.text.utf8.count <= 3 * line.count)
    precondition(reply.code.map { 200...599 ~= $0 } ?? true)
    precondition(delivery.recipient.text(in: line).utf8.count <= 3 * line.count)
    _ = delivery.isSuspended(in: line)
    _ = delivery.relay.isLocal(in: line)
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Input(start, count)
    let seed = input.byte()
    let whole = lines(of: [input.rest])
    precondition(whole == lines(of: Input.pieces(of: input.rest, seed: seed)))

    var parser = LogLineParser(
        calendar: LogCalendar(years: .before(Moment(seconds: 1_700_000_000)), zone: .fixed(Int(seed) * 60)))
    var stories = MessageStories(maximumOpen: 16)
    let storyteller = LogStoryteller(policy: SenderPolicy())
    for line in whole {
        let span = line.span
        guard case .record(let record) = parser.parse(span) else { continue }
        _ = record.tag.service(in: span)
        storyteller.tell(record, in: span, to: &stories)
        if case .delivery(let delivery) = record.event { read(delivery, in: span) }
        precondition(stories.openCount <= 16)
    }
    // Slow beside the rest.
    if seed & 7 == 0 { _ = PastedReply.found(in: input.all) }
    return 0
}
