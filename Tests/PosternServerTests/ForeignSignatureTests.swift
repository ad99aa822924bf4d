// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import PosternServer

private func signature(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBytes { ForeignSignature(fieldValue: $0) }.map { "\($0.selector) \($0.domain)" }
}

@Suite struct `A signature in a message` {
    @Test func `says whose it is, however it is folded`() {
        #expect(signature(" v=1; a=rsa-sha256; d=Example.COM;\n\ts=S1; b=x") == "s1 example.com")
        #expect(signature("s = s1 ;\r\n d = example.\r\n com") == "s1 example.com")
    }

    @Test(arguments: ["", ";", "d=", "d=example.com", "s=s1", "=;=;d", "v=1; dd=example.com; s=s1"])
    func `is nobody's when it is malformed`(text: String) {
        #expect(signature(text) == nil)
    }
}
