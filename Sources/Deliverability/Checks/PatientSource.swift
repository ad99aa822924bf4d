// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Resolving

/// A source whose patience ends: what is asked later is late.
///
/// One question has its time in the resolver; but a policy of others can ask a hundred, each slowly answered.
struct PatientSource: RecordSource {
    private let source: any RecordSource
    private let end: ContinuousClock.Instant

    init(_ source: any RecordSource, for patience: Duration) {
        self.source = source
        end = .now + patience
    }

    private var isLate: Bool { .now >= end }

    func texts(of name: String) async -> Records<[UInt8]> {
        isLate ? .failed(.late) : await source.texts(of: name)
    }

    func addresses(of name: String, in family: AddressFamily) async -> Records<ClientAddress> {
        isLate ? .failed(.late) : await source.addresses(of: name, in: family)
    }

    func exchangers(of name: String) async -> Records<MXRecord> {
        isLate ? .failed(.late) : await source.exchangers(of: name)
    }

    func pointers(of address: ClientAddress) async -> Records<String> {
        isLate ? .failed(.late) : await source.pointers(of: address)
    }
}
