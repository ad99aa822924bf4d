// SPDX-License-Identifier: Apache-2.0

/// One SMTP dialogue from the side of a scripted mail exchanger (RFC 5321).
///
/// It decides; its channel handler obeys.
struct MXDialogue {
    /// What is to be done next.
    struct Step {
        /// The stage that a rule may change; `nil` for commands that have none (RSET, NOOP, QUIT, …).
        var stage: MXStage?
        var act: MXRule.Act
        var delay: Duration = .zero
        /// What the client may send afterwards.
        var then: Expectation = .commands
        /// Whether the message just heard counts as received.
        var takesMessage = false
    }

    /// What is read next.
    enum Expectation {
        case commands, content, nothing
    }

    /// Asked at each stage, with the recipient at `.rcptTo`: the rule that acts, if one does.
    typealias Oracle = (MXStage, String) -> MXRule?

    private(set) var helo = ""
    private(set) var sender: String?
    private(set) var recipients: [String] = []
    private let hostName: String
    private let extensions: [String]

    init(hostName: String, extensions: [String]) {
        self.hostName = hostName
        self.extensions = extensions
    }

    mutating func connected(_ oracle: Oracle) -> Step {
        step(at: .connect, otherwise: "220 \(hostName) ESMTP", oracle)
    }

    mutating func heard(command line: String, _ oracle: Oracle) -> Step {
        let verb = line.prefix { $0 != " " && $0 != ":" }.uppercased()
        switch verb {
        case "EHLO":
            return hello(line, reply: ([hostName] + extensions), oracle)
        case "HELO":
            return hello(line, reply: [hostName], oracle)
        case "MAIL":
            guard sender == nil else { return .saying("503 5.5.1 Nested MAIL command") }
            guard let address = Self.address(in: line) else { return .saying("501 5.5.4 Syntax: MAIL FROM:<address>") }
            let step = step(at: .mailFrom, otherwise: "250 2.1.0 Sender OK", oracle)
            if step.isAccepting { sender = address }
            return step
        case "RCPT":
            guard sender != nil else { return .saying("503 5.5.1 Need MAIL command") }
            guard let address = Self.address(in: line) else { return .saying("501 5.5.4 Syntax: RCPT TO:<address>") }
            let step = step(at: .rcptTo, recipient: address, otherwise: "250 2.1.5 Recipient OK", oracle)
            if step.isAccepting { recipients.append(address) }
            return step
        case "DATA":
            guard !recipients.isEmpty else { return .saying("554 5.5.1 No valid recipients") }
            var step = step(at: .data, otherwise: "354 End data with <CR><LF>.<CR><LF>", oracle)
            if step.isAccepting { step.then = .content }
            return step
        case "RSET":
            reset()
            return .saying("250 2.0.0 OK")
        case "NOOP":
            return .saying("250 2.0.0 OK")
        case "QUIT":
            var step = Step.saying("221 2.0.0 Bye")
            step.then = .nothing
            return step
        default:
            return .saying("502 5.5.2 Command not recognized")
        }
    }

    mutating func heardContent(_ oracle: Oracle) -> Step {
        var step = step(at: .endOfData, otherwise: "250 2.6.0 Queued mail for delivery", oracle)
        step.takesMessage = step.isAccepting
        return step
    }

    /// Forgets the message, after its end or at RSET.
    mutating func reset() {
        sender = nil
        recipients = []
    }

    private mutating func hello(_ line: String, reply names: [String], _ oracle: Oracle) -> Step {
        reset()
        helo = String(line.dropFirst(5))
        let last = names.count - 1
        let text = names.enumerated().map { "250\($0 == last ? " " : "-")\($1)" }.joined(separator: "\n")
        return step(at: .helo, otherwise: text, oracle)
    }

    private func step(at stage: MXStage, recipient: String = "", otherwise reply: String, _ oracle: Oracle) -> Step {
        guard let rule = oracle(stage, recipient) else { return Step(stage: stage, act: .reply(reply)) }
        let act = rule.act == .accept ? .reply(reply) : rule.act
        return Step(stage: stage, act: act, delay: rule.delay, then: act.isLast ? .nothing : .commands)
    }

    /// What stands between the first `<` and the last `>`; a quoted local part may hold others.
    private static func address(in line: String) -> String? {
        guard let start = line.firstIndex(of: "<"), let end = line.lastIndex(of: ">"), start < end else { return nil }
        return String(line[line.index(after: start)..<end])
    }
}

extension MXDialogue.Step {
    fileprivate static func saying(_ reply: String) -> Self { .init(stage: nil, act: .reply(reply)) }

    /// Whether the reply is of the second or third hundred.
    var isAccepting: Bool {
        guard case .reply(let text) = act else { return false }
        return text.hasPrefix("2") || text.hasPrefix("3")
    }
}

extension MXRule.Act {
    /// Whether no more is heard after it.
    fileprivate var isLast: Bool {
        switch self {
        case .reply(let text): text.hasPrefix("421")
        case .drop, .silence: true
        case .accept: false
        }
    }
}
