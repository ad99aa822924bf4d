// SPDX-License-Identifier: Apache-2.0

/// To whom an alert is sent by mail now: never on the way that it tells is blocked.
public struct AlertRoute: Hashable, Sendable {
    /// An address that is left out.
    public struct Skip: Hashable, Sendable {
        /// The address.
        public var address: String
        /// Whose mail waits.
        public var provider: Provider
        /// The name that led there.
        public var name: String
    }

    /// Recipients for the envelope.
    public private(set) var recipients: [String] = []
    /// Who is left out, and why.
    public private(set) var skipped: [Skip] = []
    /// Whether nobody of the first list can be reached, so that the second is asked.
    public private(set) var isFallback = false

    /// Chooses recipients: all of `addresses` whose provider takes mail; only where there is none, those of `fallback`.
    public init(
        addresses: [AlertAddress], fallback: [AlertAddress], isPaused: (Provider) -> Bool
    ) {
        for address in addresses { add(address, isPaused) }
        guard recipients.isEmpty, !fallback.isEmpty else { return }
        isFallback = true
        for address in fallback { add(address, isPaused) }
    }

    private mutating func add(_ address: AlertAddress, _ isPaused: (Provider) -> Bool) {
        let blocked = address.ends.compactMap { end in
            end.provider.flatMap { provider in
                isPaused(provider) ? Skip(address: end.address, provider: provider, name: address.name) : nil
            }
        }
        // To the ends themselves where all is known: what becomes of the mail is then told of the very message that we sent,
        // and not of one that local(8) makes of it.
        let isKnown = address.doubts.isEmpty && !address.ends.isEmpty && address.ends.allSatisfy(\.isAddressable)
        guard !blocked.isEmpty || isKnown else { return add(address.name) }
        skipped += blocked
        for end in address.ends where end.isAddressable && !blocked.contains(where: { $0.address == end.address }) {
            add(end.address)
        }
    }

    private mutating func add(_ recipient: String) {
        if !recipients.contains(recipient) { recipients.append(recipient) }
    }
}
