// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A queue ID` {
    @Test(arguments: [
        "AB5E3F8887C", "4jYSWg2zFWz2Nm8m", "3mPVKl0Mhjz7sXv", "0F5383D", "DEADBEEF", "12345", "1B089C2C441XXXX",
        "ED06590130AA1C9D6D862", "4jYSWg2zFWz2Nm8m4jYSWg2",
    ])
    func `is kept as it is written`(text: String) throws {
        let id = try #require(QueueID(text))
        #expect(id.description == text)
        #expect(id.count == text.utf8.count)
    }

    @Test(arguments: [
        "", "1234", "NOQUEUE", "warning", "statistics", "connect", "aB5E3F8887C", "AB5E 3F88", "AB5E3-8887C",
        "AB5Eü8887C",
        "AB5E3F8887C:", "AB5E3F8887C\0", "4jYSWg2zFWz2Nm8m4jYSWg2z",
    ])
    func `is nothing else`(text: String) {
        #expect(QueueID(text) == nil)
    }

    @Test func `differs from every other that is written otherwise`() throws {
        let texts = [
            "AB5E3F8887C", "AB5E3F8887D", "AB5E3F8887C0", "BB5E3F8887C", "AB5E3F88", "AB5E3F880", "AB5E3F8800000000",
        ]
        let ids = Set(try texts.map { try #require(QueueID($0)) })
        #expect(ids.count == texts.count)
        #expect(ids.contains(try #require(QueueID("AB5E3F8887C"))))
    }
}
