// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import PosternCore

@Suite struct `A sender's key` {
    private let key = HashKey(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)

    /// Made by `openssl mac -macopt size:16 SIPHASH` with the key 00…0f, of the bytes 0, 1, 2 and so on.
    @Test(arguments: [
        (0, "a3817f04ba25a8e66df67214c7550293"), (1, "da87c1d86b99af44347659119b22fc45"),
        (15, "5493e99933b0a8117e08ec0f97cfc3d9"), (63, "5150d1772f50834a503e069a973fbd7c"),
    ])
    func `is SipHash as its authors and OpenSSL have it`(length: Int, output: String) {
        var hash = SipHash(key: key)
        for byte in 0..<length { hash.append(UInt8(byte)) }
        let (low, high) = hash.finish()
        let bytes = [low, high].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (8 * UInt64($0))) } }
        let digits = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        #expect(digits.joined() == output)
    }

    @Test func `differs for everybody who differs, also across kinds`() throws {
        var senders: [Sender] = [.unknownLocalUser]
        senders += [.login(""), .login("33"), .login("u"), .forwarder("33"), .forwarder(""), .login("lalice")]
        senders += [
            .localUser(uid: 33), .localUser(uid: 0), .client(.v4(33)), .client(.v6(33, 0)), .client(.v6(0, 33)),
        ]
        var keys = Set(senders.map { SenderKey($0, key: key) })
        keys.insert(SenderKey(domain: "33", key: key))
        keys.insert(.server)
        for script in ["a.php", "b.php"] {
            let sub = try #require(SubSender(of: .localUser(uid: 33), originatingScript: script, envelopeSender: ""))
            keys.insert(SenderKey(sub, key: key))
        }
        let envelope = try #require(SubSender(of: .localUser(uid: 33), originatingScript: nil, envelopeSender: "a.php"))
        keys.insert(SenderKey(envelope, key: key))
        #expect(keys.count == senders.count + 5)
    }

    @Test func `differs from one installation to the next`() {
        #expect(SenderKey(.login("a"), key: key) != SenderKey(.login("a"), key: HashKey(low: 1, high: 2)))
    }

    @Test func `spreads senders over the shards`() {
        var shards = [Int](repeating: 0, count: 64)
        for uid in 0..<UInt32(64_000) { shards[SenderKey(.localUser(uid: uid), key: key).shard(of: 64)] += 1 }
        #expect(shards.allSatisfy { (800...1200).contains($0) })
    }

    @Test func `has a shard even where there are none`() {
        #expect(SenderKey(low: 1, high: 1).shard(of: 0) == 0)
    }
}
