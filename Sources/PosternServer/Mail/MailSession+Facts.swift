// SPDX-License-Identifier: Apache-2.0
internal import Milter
internal import PosternCore

extension MailSession {
    /// How the message came in, from what Postfix tells at MAIL.
    func facts(login: String, _ arguments: MilterArguments, _ context: MilterContext) -> SubmissionFacts {
        let entrance: SubmissionFacts.Entrance
        var uid: UInt32?
        switch origin {
        case .sendmail: entrance = .sendmail
        case .smtp(let client, let port):
            entrance = .smtp(client)
            if login.isEmpty, let client { uid = LoopbackOwner.uid(of: client, port: port) }
        }
        return SubmissionFacts(
            entrance: entrance, login: login, uid: uid, daemonName: context.macroText(.daemonName) ?? "",
            envelopeSenderIsNull: arguments.address.isNullSender)
    }
}

extension MilterArguments {
    /// The address without angle brackets.
    var plainAddress: String {
        let bytes = address
        let isBracketed = bytes.first == UInt8(ascii: "<") && bytes.last == UInt8(ascii: ">")
        return String(decoding: isBracketed ? bytes.dropFirst().dropLast() : bytes[...], as: UTF8.self)
    }
}

extension UnsafeRawBufferPointer {
    /// `<>`, or nothing as Postfix's local mail has it.
    fileprivate var isNullSender: Bool {
        isEmpty || (count == 2 && self[0] == UInt8(ascii: "<") && self[1] == UInt8(ascii: ">"))
    }
}
