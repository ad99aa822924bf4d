// SPDX-License-Identifier: Apache-2.0
import DKIM
import Testing

@Suite struct `An awkward message` {
    private let keys: TestKeys
    private static let bodies = Canonicalization.allCases.map { SigningOptions(bodyCanonicalization: $0) }

    init() throws {
        keys = try TestKeys.made()
    }

    @Test func `is found in the family`() {
        #expect(MessageFamily.members.count >= 30)
    }

    @Test(arguments: MessageFamily.members)
    func `verifies in libopendkim when signed by both keys`(_ member: MessageFamily.Member) throws {
        for options in Self.bodies {
            // See Messages/README.md.
            if member.name == "lone-cr", options.bodyCanonicalization == .relaxed { continue }
            let signed = try MessageUnderTest(member.bytes).signed(by: keys.both, options: options, chunk: 61)
            let results = try Verifier.verify(message: signed, keys: keys.source)
            #expect(results.prefix(2).map(\.outcome) == [.pass, .pass])
        }
    }

    @Test func `verifies in dkimpy when signed by both keys`() throws {
        for options in Self.bodies {
            let signed = try MessageFamily.members.map { member in
                try MessageUnderTest(member.bytes).signed(by: keys.both, options: options, chunk: 61)
            }
            let results = try DKIMPy.verify(signed, count: 2, records: keys.both.map { KeyRecord(of: $0) })
            for (member, result) in zip(MessageFamily.members, results) {
                #expect(result == ["pass", "pass"], "\(member.name)")
            }
        }
    }

    @Test func `verifies in dkimpy when its header is signed by simple canonicalization`() throws {
        let options = SigningOptions(headerCanonicalization: .simple)
        let signed = try MessageFamily.members.map { member in
            try MessageUnderTest(member.bytes).signed(by: keys.both, options: options)
        }
        let results = try DKIMPy.verify(signed, count: 2, records: keys.both.map { KeyRecord(of: $0) })
        for (member, result) in zip(MessageFamily.members, results) {
            #expect(result == ["pass", "pass"], "\(member.name)")
        }
    }

    @Test func `that is changed fails in dkimpy`() throws {
        let signed = try MessageFamily.members.map { member in
            try MessageUnderTest(member.bytes).signed(by: keys.both) + [UInt8]("more\r\n".utf8)
        }
        let results = try DKIMPy.verify(signed, count: 2, records: keys.both.map { KeyRecord(of: $0) })
        #expect(results.allSatisfy { !$0.contains("pass") })
    }
}
