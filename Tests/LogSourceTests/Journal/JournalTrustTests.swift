// SPDX-License-Identifier: Apache-2.0
import LogSource
import Testing

@Suite struct `Trust in the journal of this host` {
    @Test func `is in root and in Postfix's own user, in its units`() {
        let trust = JournalTrust.thisHost(mailOwner: "root")
        #expect(
            trust == JournalTrust(origin: .units(["postfix@-.service", "postfix.service"]), users: .these([0, 0])))
    }

    @Test func `is in root alone where there is no such user`() {
        #expect(JournalTrust.thisHost(mailOwner: "no such user").users == .these([0]))
    }
}
