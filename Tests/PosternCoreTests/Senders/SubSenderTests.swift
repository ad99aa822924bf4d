// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `One behind a shared user` {
    @Test func `is told by the script without the uid before it, else by the envelope sender`() {
        let user = Sender.localUser(uid: 33)
        #expect(
            SubSender(of: user, originatingScript: "33:form.php", envelopeSender: "a@b")?.mark == .script("form.php"))
        #expect(
            SubSender(of: user, originatingScript: " form.php ", envelopeSender: "a@b")?.mark == .script("form.php"))
        #expect(SubSender(of: user, originatingScript: "1001:", envelopeSender: "A@b")?.mark == .envelopeSender("a@b"))
        #expect(SubSender(of: user, originatingScript: nil, envelopeSender: "A@b")?.mark == .envelopeSender("a@b"))
    }

    @Test func `is nobody where nothing is shown, or the sender is not a local user`() {
        #expect(SubSender(of: .localUser(uid: 33), originatingScript: nil, envelopeSender: "") == nil)
        #expect(SubSender(of: .login("a"), originatingScript: "form.php", envelopeSender: "a@b") == nil)
    }

    @Test func `is known by so much of a name as a file may have`() {
        let sub = SubSender(
            of: .unknownLocalUser, originatingScript: String(repeating: "x", count: 9999), envelopeSender: "")
        #expect(sub?.mark == .script(String(repeating: "x", count: 255)))
    }
}
