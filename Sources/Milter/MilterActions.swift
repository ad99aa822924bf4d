// SPDX-License-Identifier: Apache-2.0
internal import CMilter

/// A set of modifications that may be made at the end of a message.
public struct MilterActions: OptionSet, Hashable, Sendable {
    /// libmilter's `SMFIF_*` bits.
    public let rawValue: UInt32

    /// The set of these bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    private init(_ flag: Int) {
        self.rawValue = UInt32(truncatingIfNeeded: flag)
    }

    /// Header fields may be added and inserted.
    public static let addHeaders = MilterActions(SMFIF_ADDHDRS)
    /// Header fields may be changed and removed.
    public static let changeHeaders = MilterActions(SMFIF_CHGHDRS)
    /// The message may be put into quarantine; Postfix: the hold queue.
    public static let quarantine = MilterActions(SMFIF_QUARANTINE)
    /// Recipients may be added.
    public static let addRecipients = MilterActions(SMFIF_ADDRCPT)
    /// Recipients may be removed.
    public static let deleteRecipients = MilterActions(SMFIF_DELRCPT)
    /// The envelope sender may be changed.
    public static let changeSender = MilterActions(SMFIF_CHGFROM)
    /// The body may be replaced.
    public static let replaceBody = MilterActions(SMFIF_CHGBODY)

    /// A list of macros may be asked for; libmilter's own use.
    static let nameMacros = MilterActions(SMFIF_SETSYMLIST)
}

extension MilterActions: CustomStringConvertible {
    /// The names of the actions, as in "addHeaders, quarantine".
    public var description: String {
        let names: [(MilterActions, String)] = [
            (.addHeaders, "addHeaders"), (.changeHeaders, "changeHeaders"), (.quarantine, "quarantine"),
            (.addRecipients, "addRecipients"), (.deleteRecipients, "deleteRecipients"),
            (.changeSender, "changeSender"), (.replaceBody, "replaceBody"), (.nameMacros, "nameMacros"),
        ]
        return names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
    }
}
