// SPDX-License-Identifier: Apache-2.0
// Reads a complaint that anybody may have sent (ARF, RFC 5965), and the same bytes as the data of SNDS.
// What is kept of either is bounded.
import Feedback

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Input(start, count).rest
    if let report = try? FeedbackReport(bytes) {
        precondition(report.queueIDs.count <= 20 && report.signingDomains.count <= 20 * 20)
        precondition(report.kind == report.kind.lowercased())
        precondition(!(report.envelopeSender ?? "").contains("<"))
    }
    let table = SNDSTable(bytes)
    precondition(table.faults.count <= 20)
    for row in table.rows {
        precondition(row.recipients >= 0 && row.messages >= 0 && row.traps >= 0 && 0...1001 ~= row.complaintRate)
    }
    return 0
}
