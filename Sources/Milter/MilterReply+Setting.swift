// SPDX-License-Identifier: Apache-2.0
internal import CMilter
internal import Glibc

extension MilterReply {
    /// Gives libmilter the words and answers the status that sends them.
    ///
    /// Should libmilter refuse them, which it has no reason to, the MTA says its own words for the same severity.
    func set(on handle: OpaquePointer) -> CInt {
        var pointers: [UnsafeMutablePointer<CChar>?] = lines.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers += repeatElement(nil, count: Self.maximumLines - pointers.count)
        _ = CMilter_setmlreply(handle, String(code), status, pointers)
        return CInt(severity == .permanent ? SMFIS_REJECT : SMFIS_TEMPFAIL)
    }
}
