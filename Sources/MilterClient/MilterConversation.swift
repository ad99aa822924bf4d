// SPDX-License-Identifier: Apache-2.0

/// An MTA's conversation with a milter, as Postfix leads it: it sends only the steps that the milter wants, and
/// waits only for the replies that it has announced.
public final class MilterConversation {
    /// The connection, for what the conversation has no words for.
    public let channel: MilterChannel
    /// The `SMFIF_*` bits of the modifications that the milter may ask for.
    public let actions: UInt32
    /// The `SMFIP_*` bits that the milter has chosen.
    public let steps: UInt32
    /// The macros that the milter has asked for, by the number of a stage (`SMFIM_*`).
    public let macroLists: [UInt32: [String]]

    private var packets = MilterPackets()

    /// What Postfix 3.7 offers: every action and every step of version 6.
    public static let postfixActions: UInt32 = 0x1FF
    /// What Postfix 3.7 offers: every step of version 6.
    public static let postfixSteps: UInt32 = 0x1F_FFFF

    /// Connects and negotiates.
    /// - Parameters:
    ///   - endpoint: Where the milter listens.
    ///   - actions: The `SMFIF_*` bits to offer.
    ///   - steps: The `SMFIP_*` bits to offer.
    ///   - timeout: How long a reply may take, in seconds.
    /// - Throws: ``MilterClientError``.
    public init(
        with endpoint: MilterEndpoint, offering actions: UInt32 = MilterConversation.postfixActions,
        steps: UInt32 = MilterConversation.postfixSteps, timeout: Int = 10
    ) throws(MilterClientError) {
        channel = try MilterChannel(to: endpoint, timeout: timeout)
        packets.appendOffer(version: 6, actions: actions, steps: steps)
        try channel.send(packets)
        packets.removeAll()
        let reply = try channel.receive()
        guard reply.code == MilterCommand.negotiate.rawValue, let granted = reply.number(at: 4),
            let chosen = reply.number(at: 8)
        else { throw .unexpected(reply) }
        self.actions = granted
        self.steps = chosen
        macroLists = Self.macroLists(in: reply)
    }

    /// Sends macros with the next step.
    public func macros(for command: MilterCommand, _ macros: [(name: String, value: String)]) {
        packets.appendMacros(for: command, macros)
    }

    /// Sends a step of strings.
    /// - Returns: The answer; `nil` where the milter does not want the step, or does not answer it.
    /// - Throws: ``MilterClientError``.
    @discardableResult
    public func say(_ command: MilterCommand, _ strings: String...) throws(MilterClientError) -> MilterAnswer? {
        try say(command, bytes: MilterPackets.terminated(strings))
    }

    /// Sends a step of any data.
    /// - Returns: The answer; `nil` where the milter does not want the step, or does not answer it.
    /// - Throws: ``MilterClientError``.
    @discardableResult
    public func say(_ command: MilterCommand, bytes: [UInt8]) throws(MilterClientError) -> MilterAnswer? {
        guard steps & command.offFlag == 0 else { return nil }
        packets.append(command, bytes)
        return try answer(to: command)
    }

    /// Sends the connection of an SMTP client.
    /// - Returns: The answer; `nil` where the milter does not want the step, or does not answer it.
    /// - Throws: ``MilterClientError``.
    @discardableResult
    public func connect(host: String, _ client: MilterClientAddress) throws(MilterClientError) -> MilterAnswer? {
        guard steps & MilterCommand.connect.offFlag == 0 else { return nil }
        packets.appendConnect(host: host, client)
        return try answer(to: .connect)
    }

    /// Sends a body in pieces of the greatest size, until the milter wants no more.
    /// - Returns: The last answer; `nil` where the milter does not want the step, or does not answer it.
    /// - Throws: ``MilterClientError``.
    @discardableResult
    public func body(_ bytes: [UInt8]) throws(MilterClientError) -> MilterAnswer? {
        var last: MilterAnswer?
        var rest = bytes[...]
        while !rest.isEmpty {
            last = try say(.body, bytes: Array(rest.prefix(MilterPackets.chunkSize)))
            guard last == nil || last == .proceed else { return last }
            rest = rest.dropFirst(MilterPackets.chunkSize)
        }
        return last
    }

    /// Ends the message.
    /// - Returns: The modifications that the milter asks for, and its decision.
    /// - Throws: ``MilterClientError``.
    public func endOfMessage() throws(MilterClientError) -> (modifications: [MilterModification], answer: MilterAnswer)
    {
        packets.append(.endOfMessage)
        try flush()
        var modifications: [MilterModification] = []
        while true {
            let packet = try channel.receive()
            if let answer = MilterAnswer(packet) { return (modifications, answer) }
            guard let modification = MilterModification(packet) else { throw .unexpected(packet) }
            modifications.append(modification)
        }
    }

    /// Sends what is still in the buffer.
    /// - Throws: ``MilterClientError``.
    public func flush() throws(MilterClientError) {
        try channel.send(packets)
        packets.removeAll()
    }

    private func answer(to command: MilterCommand) throws(MilterClientError) -> MilterAnswer? {
        guard command.isAnswered, steps & command.silentFlag == 0 else {
            // Postfix too writes when its buffer is full.
            if packets.bytes.count > MilterPackets.chunkSize || !command.isAnswered { try flush() }
            return nil
        }
        try flush()
        let packet = try channel.receive()
        guard let answer = MilterAnswer(packet) else { throw .unexpected(packet) }
        return answer
    }

    private static func macroLists(in reply: MilterReplyPacket) -> [UInt32: [String]] {
        var lists: [UInt32: [String]] = [:]
        var offset = 12
        while let stage = reply.number(at: offset) {
            let names = reply.payload.dropFirst(offset + 4).prefix { $0 != 0 }
            lists[stage] = String(decoding: names, as: UTF8.self).split(separator: " ").map(String.init)
            offset += 4 + names.count + 1
        }
        return lists
    }
}
