// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixTools
import Testing

@Suite struct `What root types instead of the queue helper` {
    private let one: QueueID
    private let two: QueueID

    init() throws {
        one = try #require(QueueID("4F2A1"))
        two = try #require(QueueID("4jYSWg2zFWz2Nm8m"))
    }

    @Test func `is one command, of one message or of several`() {
        #expect(HelperRequest.release([one]).commandLine == "postsuper -H 4F2A1")
        #expect(
            HelperRequest.release([one, two]).commandLine
                == "printf '%s\\n' 4F2A1 4jYSWg2zFWz2Nm8m | postsuper -H -")
        #expect(HelperRequest.delete([one]).commandLine == "postsuper -d 4F2A1 hold")
        #expect(HelperRequest.hold([one]).commandLine == "postsuper -h 4F2A1")
        #expect(HelperRequest.requeue([one]).commandLine == "postsuper -r 4F2A1")
        #expect(HelperRequest.preview(one).commandLine == "postcat -qhb 4F2A1")
        #expect(HelperRequest.reloadQueueManager.commandLine == "postfix reload")
    }

    @Test func `is said where nobody listens`() {
        let client = QueueHelperClient(socket: "/nonexistent/helper.sock")
        let error = #expect(throws: QueueHelperError.self) { try client.perform(.release([one])) }
        #expect(
            error?.description == """
                the queue helper does not answer (/nonexistent/helper.sock: No such file or directory); as root type:
                postsuper -H 4F2A1
                """)
    }
}
