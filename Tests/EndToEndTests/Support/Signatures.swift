// SPDX-License-Identifier: Apache-2.0
import PosternLab

/// What two verifiers that share no code say of a message, both asking the lab's DNS for the keys.
struct Signatures {
    /// The selectors whose signatures libopendkim accepts, in the order of the message.
    var acceptedByLibopendkim: [String]
    /// The results of libopendkim for all signatures.
    var resultsOfLibopendkim: [String]
    /// Whether dkimpy accepts each signature, in the order of the message.
    var dkimpy: [Bool]

    init(of mail: ReceivedMail, in lab: Lab, _ postern: Postern) async throws {
        let result = try await postern.command("dkim", "verify", "-", input: mail.content)
        let lines = result.text.split(separator: "\n").filter { $0.contains(" s=") }.map(String.init)
        resultsOfLibopendkim = lines
        acceptedByLibopendkim = lines.filter { $0.hasPrefix("pass") }.compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("s=") }.map { String($0.dropFirst(2)) }
        }
        let script = """
            import sys, dkim
            message = sys.stdin.buffer.read()
            verifier = dkim.DKIM(message)
            count = sum(1 for name, _ in verifier.headers if name.lower() == b"dkim-signature")
            for index in range(count):
                try:
                    print(int(dkim.DKIM(message).verify(idx=index)))
                except dkim.DKIMException as error:
                    print(0, error, file=sys.stderr)
                    print(0)
            """
        let dkimpy = try await lab.run(["/usr/bin/python3", "-c", script], input: mail.content)
        self.dkimpy = dkimpy.text.split(separator: "\n").map { $0 == "1" }
    }

    /// Both keys of the lab's domain signed, each once, and both verifiers accept both.
    var areWhole: Bool { acceptedByLibopendkim == ["s1", "e1"] && dkimpy == [true, true] }
}

extension ReceivedMail {
    /// How many DKIM-Signature fields the message has.
    var signatureCount: Int {
        let header = text.components(endingAt: "\r\n\r\n")
        return header.split(separator: "\r\n").count { $0.lowercased().hasPrefix("dkim-signature:") }
    }
}

extension String {
    fileprivate func components(endingAt end: String) -> Substring {
        guard let range = firstRange(of: end) else { return self[...] }
        return self[..<range.lowerBound]
    }
}
