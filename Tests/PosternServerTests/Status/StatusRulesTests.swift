// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import PosternServer

@Suite struct `Who may do what over the status service` {
    @Test func `root and the members of the group may act, nobody else`() {
        #expect(Peer(uid: 0, groups: []).mayAct(group: nil))
        #expect(Peer(uid: 1000, groups: [100, 50]).mayAct(group: 50))
        #expect(!Peer(uid: 1000, groups: [100, 51]).mayAct(group: 50))
        #expect(!Peer(uid: 1000, groups: [0]).mayAct(group: nil))
    }

    @Test(arguments: ["localhost", "localhost:8025", "postern", "127.0.0.1:8025", "127.1", "[::1]", "[::1]:80", "x"])
    func `names that no page elsewhere can have are ours`(authority: String) {
        #expect(HostRule.isOurs(authority))
    }

    @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "[::2]", "localhost.evil.example:80", "192.0.2.1"])
    func `others are not`(authority: String) {
        #expect(!HostRule.isOurs(authority))
    }

    @Test(arguments: [
        ("127.0.0.1:8025", "127.0.0.1:8025"), ("[::1]:8025", "[::1]:8025"), ("127.0.0.9:1", "127.0.0.9:1"),
    ]) func `only a loopback address may be listened at`(text: String, written: String) {
        #expect(LoopbackAddress(text)?.description == written)
    }

    @Test(arguments: ["0.0.0.0:80", "192.0.2.1:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "localhost:80", ""])
    func `no other may`(text: String) {
        #expect(LoopbackAddress(text) == nil)
    }
}

@Suite struct `A change of a mode` {
    @Test func `touches the one value, and keeps the comment behind it`() {
        let text = "# mine\n[modes]\n  limits = \"observe\"   # until Monday\nlistings=\"off\"\n[store]\nlimits = 1\n"
        #expect(
            ModeEdit.text(text, setting: "limits", to: .enforce)
                == "# mine\n[modes]\n  limits = \"enforce\"   # until Monday\nlistings=\"off\"\n[store]\nlimits = 1\n")
    }

    @Test func `adds the key to its table, and the table to the file`() {
        #expect(
            ModeEdit.text("[modes]\nsigning = \"off\"\n", setting: "limits", to: .enforce)
                == "[modes]\nlimits = \"enforce\"\nsigning = \"off\"\n")
        #expect(
            ModeEdit.text("[store]", setting: "listings", to: .observe)
                == "[store]\n\n[modes]\nlistings = \"observe\"\n")
        #expect(ModeEdit.text("", setting: "listings", to: .observe) == "\n[modes]\nlistings = \"observe\"\n")
    }
}
