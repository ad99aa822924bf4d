// SPDX-License-Identifier: Apache-2.0
internal import CMilter

/// A message that has come whole, and the modifications of it.
///
/// Valid during the callback only.
///
/// A modification throws ``MilterError/notGranted(_:)`` where the MTA has not agreed to it, and
/// ``MilterError/modificationFailed`` where the connection is lost or the text exceeds
/// ``MilterConfiguration/maximumPacketSize``. What was sent before stays sent.
///
/// Text of header fields is made safe: CR is dropped, NUL becomes a blank, and so does an LF that no blank follows: it
/// would begin another field. Fold with LF and a tab.
public struct MilterMessage {
    /// The connection and its macros.
    public let context: MilterContext

    /// Inserts a header field, which will read `name: value`.
    /// - Parameters:
    ///   - index: Where. With Postfix 0 is above its own Received field, 1 just below that.
    ///   - name: The field's name, without colon.
    ///   - value: The field's value, without leading blank, LF between folded lines.
    /// - Throws: See the type.
    public func insertHeader(at index: Int, name: String, value: String) throws(MilterError) {
        guard let place = CInt(exactly: index), place >= 0 else { throw .modificationFailed }
        try modify(.addHeaders, fieldName(name), headerValue(value)) { smfi_insheader(context.handle, place, $0, $1) }
    }

    /// Adds a header field at the end of the header, which will read `name: value`.
    /// - Throws: See the type.
    public func addHeader(name: String, value: String) throws(MilterError) {
        try modify(.addHeaders, fieldName(name), headerValue(value)) { smfi_addheader(context.handle, $0, $1) }
    }

    /// Changes one of the header fields of a name.
    /// - Parameters:
    ///   - name: The field's name, without colon; case does not matter.
    ///   - occurrence: Which of them, from 1.
    ///   - value: Its new value, without leading blank.
    /// - Throws: See the type.
    public func changeHeader(name: String, occurrence: Int = 1, value: String) throws(MilterError) {
        guard let index = CInt(exactly: occurrence), index > 0 else { throw .modificationFailed }
        try modify(.changeHeaders, fieldName(name), headerValue(value)) {
            smfi_chgheader(context.handle, $0, index, $1)
        }
    }

    /// Removes one of the header fields of a name, counted from 1.
    /// - Throws: See the type.
    public func removeHeader(name: String, occurrence: Int = 1) throws(MilterError) {
        guard let index = CInt(exactly: occurrence), index > 0 else { throw .modificationFailed }
        try modify(.changeHeaders, fieldName(name), "") { smfi_chgheader(context.handle, $0, index, $1) }
    }

    /// Puts the message into quarantine, which is Postfix's hold queue.
    /// - Parameter reason: Why. Postfix does not log it.
    /// - Throws: See the type.
    public func quarantine(reason: String) throws(MilterError) {
        try modify(.quarantine, reason.isEmpty ? "quarantine" : Self.oneLine(reason), "") { reason, _ in
            smfi_quarantine(context.handle, reason)
        }
    }

    /// Adds a recipient, an address in angle brackets.
    /// - Throws: See the type.
    public func addRecipient(_ address: String) throws(MilterError) {
        try modify(.addRecipients, Self.oneLine(address), "") { address, _ in smfi_addrcpt(context.handle, address) }
    }

    /// Removes a recipient, named just as ``MilterSession/envelopeRecipient(_:_:)`` was given it.
    /// - Throws: See the type.
    public func deleteRecipient(_ address: String) throws(MilterError) {
        try modify(.deleteRecipients, Self.oneLine(address), "") { address, _ in
            smfi_delrcpt(context.handle, address)
        }
    }

    /// Changes the envelope sender to an address in angle brackets.
    /// - Throws: See the type.
    public func changeSender(_ address: String) throws(MilterError) {
        try modify(.changeSender, Self.oneLine(address), "") { address, _ in
            smfi_chgfrom(context.handle, address, nil)
        }
    }

    /// Appends to a new body, which then stands in place of the old one; lines end in CR LF.
    /// - Throws: See the type.
    public func replaceBody(_ bytes: UnsafeRawBufferPointer) throws(MilterError) {
        guard context.negotiation.granted.contains(.replaceBody) else { throw .notGranted(.replaceBody) }
        guard let length = CInt(exactly: bytes.count) else { throw .modificationFailed }
        let start = UnsafeMutablePointer(mutating: bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
        guard smfi_replacebody(context.handle, start, length) == MI_SUCCESS else { throw .modificationFailed }
    }

    /// Tells the MTA that an answer needs more time, so that its own time limit begins anew.
    public func progress() {
        // A lost connection shows at the next call that matters.
        _ = smfi_progress(context.handle)
    }

    private func modify(
        _ action: MilterActions, _ first: String, _ second: String,
        with call: (UnsafeMutablePointer<CChar>, UnsafeMutablePointer<CChar>) -> CInt
    ) throws(MilterError) {
        guard context.negotiation.granted.contains(action) else { throw .notGranted(action) }
        let status = first.withCString { first in
            second.withCString { second in
                // libmilter copies both, its declarations merely predate const.
                call(UnsafeMutablePointer(mutating: first), UnsafeMutablePointer(mutating: second))
            }
        }
        guard status == MI_SUCCESS else { throw .modificationFailed }
    }

    /// A field name is printable ASCII without a colon (RFC 5322 §2.2).
    private func fieldName(_ name: String) throws(MilterError) -> String {
        let isName = name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
        guard isName, !name.isEmpty else { throw .modificationFailed }
        return name
    }

    /// An MTA that keeps leading blanks adds none of its own before the value.
    private func headerValue(_ value: String) -> String {
        let safe = Self.isSafe(value) ? value : Self.folded(value)
        return context.negotiation.keepsLeadingSpace ? " " + safe : safe
    }

    private static func isSafe(_ value: String) -> Bool {
        var endsLine = false
        for byte in value.utf8 {
            guard byte != 0x0D, byte != 0, !endsLine || byte == 0x20 || byte == 0x09 else { return false }
            endsLine = byte == 0x0A
        }
        return !endsLine
    }

    private static func folded(_ value: String) -> String {
        // CR LF is one character to Swift but two bytes to the MTA.
        var safe = value.utf8.filter { $0 != 0x0D }.map { $0 == 0 ? 0x20 : $0 }
        for index in safe.indices where safe[index] == 0x0A {
            let next = index + 1
            if next == safe.endIndex || (safe[next] != 0x20 && safe[next] != 0x09) { safe[index] = 0x20 }
        }
        return String(decoding: safe, as: UTF8.self)
    }

    private static func oneLine(_ text: String) -> String {
        String(decoding: text.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }
}
