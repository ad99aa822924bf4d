// SPDX-License-Identifier: Apache-2.0
internal import CMilter

/// A set of the steps that an MTA can leave out.
///
/// The end of a message, an abort and a close always come.
public struct MilterSteps: OptionSet, Hashable, Sendable {
    /// One bit a step.
    public let rawValue: UInt32

    /// The set of these bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A client has connected.
    public static let connect = MilterSteps(rawValue: 1 << 0)
    /// HELO or EHLO.
    public static let helo = MilterSteps(rawValue: 1 << 1)
    /// MAIL FROM.
    public static let envelopeSender = MilterSteps(rawValue: 1 << 2)
    /// RCPT TO.
    public static let envelopeRecipient = MilterSteps(rawValue: 1 << 3)
    /// DATA.
    public static let data = MilterSteps(rawValue: 1 << 4)
    /// Header fields, one by one.
    public static let headers = MilterSteps(rawValue: 1 << 5)
    /// The end of the header.
    public static let endOfHeaders = MilterSteps(rawValue: 1 << 6)
    /// The body.
    public static let body = MilterSteps(rawValue: 1 << 7)
    /// Every step.
    public static let all = MilterSteps(rawValue: (1 << 8) - 1)

    /// How each step is switched off (`SMFIP_NO*`) and how its reply is (`SMFIP_NR_*`).
    private static let flags: [(step: MilterSteps, off: Int, silent: Int)] = [
        (.connect, SMFIP_NOCONNECT, SMFIP_NR_CONN), (.helo, SMFIP_NOHELO, SMFIP_NR_HELO),
        (.envelopeSender, SMFIP_NOMAIL, SMFIP_NR_MAIL), (.envelopeRecipient, SMFIP_NORCPT, SMFIP_NR_RCPT),
        (.data, SMFIP_NODATA, SMFIP_NR_DATA), (.headers, SMFIP_NOHDRS, SMFIP_NR_HDR),
        (.endOfHeaders, SMFIP_NOEOH, SMFIP_NR_EOH), (.body, SMFIP_NOBODY, SMFIP_NR_BODY),
    ]

    /// The protocol flags that leave out every step but these.
    var switchingOffOthers: UInt {
        UInt(Self.flags.reduce(SMFIP_NOUNKNOWN) { contains($1.step) ? $0 : $0 | $1.off })
    }

    /// The protocol flags that leave out the replies of these steps.
    var silencing: UInt {
        UInt(Self.flags.reduce(0) { contains($1.step) ? $0 | $1.silent : $0 })
    }
}
