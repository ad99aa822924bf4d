// SPDX-License-Identifier: Apache-2.0

extension ClientAddress {
    /// How many bits an address of this family has.
    var bitWidth: UInt8 {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }

    /// The address with all but `length` leading bits cleared.
    func masked(to length: UInt8) -> ClientAddress {
        // Swift's smart shift gives zero where the shift is as wide as the number.
        switch self {
        case .v4(let address):
            .v4(address & ~(UInt32.max >> UInt32(length)))
        case .v6(let high, let low):
            .v6(high & ~(UInt64.max >> UInt64(length)), length <= 64 ? 0 : low & ~(UInt64.max >> UInt64(length - 64)))
        }
    }
}
