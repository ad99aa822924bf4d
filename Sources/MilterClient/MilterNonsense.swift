// SPDX-License-Identifier: Apache-2.0
internal import SeededRandom

/// Malformed conversations, the same for the same seed.
public struct MilterNonsense {
    private var random: SplitMix64

    /// Nonsense that is the same for the same seed.
    public init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// The bytes of one connection.
    ///
    /// They hold no macros without value: libmilter 8.17.1 reads beyond its own array when it looks for a macro among
    /// an odd number of strings (smfi_getsymval, 2026-11), and what it finds there is chance.
    public mutating func sequence() -> [UInt8] {
        while true {
            let bytes = anySequence()
            if !Self.hasMacroWithoutValue(bytes) { return bytes }
        }
    }

    private static func hasMacroWithoutValue(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while rest.count >= 5 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            let packet = rest.dropFirst(4).prefix(max(length, 1))
            if packet.first == MilterCommand.macros.rawValue, packet.dropFirst(2).count(where: { $0 == 0 }) % 2 == 1 {
                return true
            }
            rest = rest.dropFirst(4 + packet.count)
        }
        return false
    }

    private mutating func anySequence() -> [UInt8] {
        var packets = MilterPackets()
        if Bool.random(using: &random) {
            packets.appendOffer(version: pick([0, 1, 2, 6, 7, .max]), actions: mask(), steps: mask())
        }
        for _ in 0..<Int.random(in: 0...12, using: &random) { append(to: &packets) }
        var bytes = packets.bytes
        if !bytes.isEmpty, Int.random(in: 0..<4, using: &random) == 0 {
            bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        }
        if !bytes.isEmpty, Int.random(in: 0..<4, using: &random) == 0 {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        return bytes
    }

    private mutating func append(to packets: inout MilterPackets) {
        let command = pick(MilterCommand.allCases)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: packets.append(raw: UInt8.random(in: 0...255, using: &random), payload())
        case 1: packets.append(raw: command.rawValue, payload(), length: UInt32.random(in: 0...200_000, using: &random))
        case 2: packets.append(raw: command.rawValue, [UInt8](), length: pick([0, 1, 0x7FFF_FFFF, .max]))
        case 3: packets.append(command, [UInt8](repeating: 0x61, count: pick([65_535, 65_536, 70_000])))
        case 4: packets.append(command, payload())
        case 5: packets.appendConnect(host: "x", pick([.unknown, .ipv4("999.1", port: 0), .ipv6("::g", port: 1)]))
        case 6: packets.appendMacros(for: command, [("i", "\r\n\u{1}"), ("{auth_authen}", "a\nb"), ("", "")])
        default: packets.append(command, strings: ["<a@example.com>", "x\r\ny"])
        }
    }

    private mutating func payload() -> [UInt8] {
        let alphabet: [UInt8] = [0, 0, 0x0A, 0x0D, 0x41, 0x43, 0x4D, 0x52, 0x7B, 0x7D, 0xFF]
        return (0..<Int.random(in: 0...40, using: &random)).map { _ in pick(alphabet) }
    }

    private mutating func mask() -> UInt32 {
        pick([0, 0x1FF, 0x1F_FFFF, .max, UInt32.random(in: 0...(.max), using: &random)])
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }
}
