// SPDX-License-Identifier: Apache-2.0
// Feeds the reader of `postqueue -j` what a queue full of hostile mail may make Postfix print, whole and in pieces.
// The same messages must come of it wherever it was cut, each within its bounds.
import PostfixWire

private func listing(_ pieces: [[UInt8]]) -> QueueListing {
    var listing = QueueListing(most: 8)
    for piece in pieces where !listing.take(piece.span) { break }
    listing.finish()
    return listing
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Input(start, count)
    let seed = input.byte()
    let whole = listing([input.rest])
    let cut = listing(Input.pieces(of: input.rest, seed: seed))
    precondition(whole == cut)
    precondition(whole.entries.count <= 8)
    for entry in whole.entries {
        precondition(entry.size >= 0 && entry.recipientCount >= entry.recipients.count)
        precondition(entry.recipients.count <= QueueListing.maximumRecipients)
        for recipient in entry.recipients {
            precondition(recipient.address.utf8.count <= 3 * QueueListing.maximumAddress)
            precondition((recipient.delayReason ?? "").utf8.count <= 3 * QueueListing.maximumReason)
        }
    }
    return 0
}
