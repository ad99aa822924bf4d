// SPDX-License-Identifier: Apache-2.0

/// Packets of the MTA's side, as they go over the wire: a length, a command, its data.
///
/// Several may be written at once, which is how Postfix does it: it fills a buffer and flushes it when it has to
/// wait for a reply (vstream(3), milter8.c).
public struct MilterPackets: Sendable {
    /// The wire bytes so far.
    public private(set) var bytes: [UInt8] = []

    /// No packets yet.
    public init() {}

    /// A piece of the body is at most this long.
    ///
    /// Source: mfdef.h, `MILTER_CHUNK_SIZE`.
    public static let chunkSize = 65_535

    /// Forgets the packets, and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Appends a packet of any content.
    /// - Parameters:
    ///   - command: The command byte, whether it exists or not.
    ///   - payload: Its data.
    ///   - length: The length to claim; by default the true one.
    public mutating func append(raw command: UInt8, _ payload: some Collection<UInt8>, length: UInt32? = nil) {
        append(long: length ?? UInt32(truncatingIfNeeded: payload.count + 1))
        bytes.append(command)
        bytes.append(contentsOf: payload)
    }

    /// Appends a packet of a command and its data.
    public mutating func append(_ command: MilterCommand, _ payload: some Collection<UInt8>) {
        append(raw: command.rawValue, payload)
    }

    /// Appends a packet of strings, each with a terminating NUL.
    public mutating func append(_ command: MilterCommand, strings: [String] = []) {
        append(command, Self.terminated(strings))
    }

    /// Appends an offer.
    /// - Parameters:
    ///   - version: The protocol version.
    ///   - actions: The `SMFIF_*` bits that the MTA can do.
    ///   - steps: The `SMFIP_*` bits that it can do or leave out.
    public mutating func appendOffer(version: UInt32, actions: UInt32, steps: UInt32) {
        append(.negotiate, Self.big(version) + Self.big(actions) + Self.big(steps))
    }

    /// Appends macros for the command that follows.
    public mutating func appendMacros(for command: MilterCommand, _ macros: [(name: String, value: String)]) {
        append(.macros, [command.rawValue] + Self.terminated(macros.flatMap { [$0.name, $0.value] }))
    }

    /// Appends the connection of an SMTP client.
    public mutating func appendConnect(host: String, _ client: MilterClientAddress) {
        var payload = Self.terminated([host])
        switch client {
        case .unknown:
            payload.append(UInt8(ascii: "U"))
        case .ipv4(let address, let port):
            payload.append(UInt8(ascii: "4"))
            payload += [UInt8(port >> 8), UInt8(port & 0xFF)] + Self.terminated([address])
        case .ipv6(let address, let port):
            payload.append(UInt8(ascii: "6"))
            payload += [UInt8(port >> 8), UInt8(port & 0xFF)] + Self.terminated([address])
        case .unix(let path):
            payload.append(UInt8(ascii: "L"))
            payload += [0, 0] + Self.terminated([path])
        }
        append(.connect, payload)
    }

    /// Appends a header field; its value includes the blank after the colon where that was agreed.
    public mutating func appendHeader(_ name: String, _ value: String) {
        append(.header, strings: [name, value])
    }

    private mutating func append(long value: UInt32) {
        bytes.append(contentsOf: Self.big(value))
    }

    static func terminated(_ strings: [String]) -> [UInt8] {
        strings.flatMap { Array($0.utf8) + [0] }
    }

    static func big(_ value: UInt32) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
