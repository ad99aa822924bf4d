// SPDX-License-Identifier: Apache-2.0

/// What the limiter's tables know of a sender: a keyed hash of its identity, 128 bits.
public struct SenderKey: Hashable, Sendable {
    /// The half that chooses the place within a shard.
    public let low: UInt64
    /// The half that chooses the shard.
    public let high: UInt64

    /// A key by its two halves, as they were stored.
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The key of a sender.
    public init(_ sender: Sender, key: HashKey) {
        var hash = SipHash(key: key)
        Self.append(sender, to: &hash)
        self.init(hash)
    }

    /// The key of one of many behind a sender.
    public init(_ subSender: SubSender, key: HashKey) {
        var hash = SipHash(key: key)
        switch subSender.mark {
        case .script(let name):
            hash.append(UInt8(ascii: "s"))
            hash.append(name)
        case .envelopeSender(let address):
            hash.append(UInt8(ascii: "e"))
            hash.append(address)
        }
        // No text holds a byte 0xFF in UTF-8, so what follows cannot be mistaken for a part of it.
        hash.append(0xFF as UInt8)
        Self.append(subSender.sender, to: &hash)
        self.init(hash)
    }

    /// The key of all logins of a domain, in lower case.
    public init(domain: String, key: HashKey) {
        var hash = SipHash(key: key)
        hash.append(UInt8(ascii: "d"))
        hash.append(domain)
        self.init(hash)
    }

    /// The key of the whole server.
    public static let server = SenderKey(low: 0, high: 0)

    /// Which of `count` shards holds the sender; `count` must be above zero, else the answer is 0.
    public func shard(of count: Int) -> Int {
        count > 0 ? Int(truncatingIfNeeded: high % UInt64(count)) : 0
    }

    private init(_ hash: SipHash) {
        let (low, high) = hash.finish()
        self.init(low: low, high: high)
    }

    private static func append(_ sender: Sender, to hash: inout SipHash) {
        switch sender {
        case .login(let name):
            hash.append(UInt8(ascii: "l"))
            hash.append(name)
        case .localUser(let uid):
            hash.append(UInt8(ascii: "u"))
            hash.append(UInt64(uid))
        case .unknownLocalUser:
            hash.append(UInt8(ascii: "?"))
        case .client(.v4(let address)):
            hash.append(UInt8(ascii: "4"))
            hash.append(UInt64(address))
        case .client(.v6(let high, let low)):
            hash.append(UInt8(ascii: "6"))
            hash.append(high)
            hash.append(low)
        case .forwarder(let address):
            hash.append(UInt8(ascii: "f"))
            hash.append(address)
        }
    }
}
