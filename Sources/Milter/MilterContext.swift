// SPDX-License-Identifier: Apache-2.0
internal import CMilter

/// The connection in whose callback we are.
///
/// Valid during the callback only.
public struct MilterContext {
    let handle: OpaquePointer
    let connection: Connection

    /// What was agreed with the MTA when the connection began.
    public var negotiation: MilterNegotiation { connection.negotiation }

    /// The value of a macro as the MTA has sent it with this step or an earlier one, without a copy.
    ///
    /// It may hold any byte but NUL, CR and LF included: it comes from the mail's sender as often as not.
    /// - Returns: `nil` if the MTA has not sent it.
    public func macro(_ macro: MilterMacro) -> UnsafeRawBufferPointer? {
        // libmilter does not write to the name, its declaration merely predates const.
        let name = UnsafeMutablePointer(
            mutating: UnsafeRawPointer(macro.name.utf8Start).assumingMemoryBound(to: CChar.self))
        guard let value = smfi_getsymval(handle, name) else { return nil }
        return .init(terminated: value)
    }

    /// The value of a macro as text, in which what is not UTF-8 is repaired.
    /// - Returns: `nil` if the MTA has not sent it.
    public func macroText(_ name: MilterMacro) -> String? {
        macro(name).map { String(decoding: $0, as: UTF8.self) }
    }
}
