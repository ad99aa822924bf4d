// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import PosternServer

private let table = """
      sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
       0: 0100007F:0019 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
       1: 0100007F:0019 0100007F:BFA2 01 00000000:00000000 00:00000000 00000000     0        0 2
       2: 0100007F:BFA2 0100007F:0019 01 00000000:00000000 00:00000000 00000000    33        0 3
       3: 0100007F:BFA4 0100007F:0019 06 00000000:00000000 03:00000000 00000000  1000        0 0
    """

private func uid(port: UInt16, in table: String) -> UInt32? {
    Array(table.utf8).withUnsafeBytes { LoopbackOwner.uid(in: $0, port: port) }
}

@Suite struct `The owner of a loopback connection` {
    @Test func `is the user of the client's end, not of the server's`() {
        #expect(uid(port: 0xBFA2, in: table) == 33)
    }

    @Test func `is unknown once the connection has ended, or for another port`() {
        #expect(uid(port: 0xBFA4, in: table) == nil)
        #expect(uid(port: 0xBFA3, in: table) == nil)
    }

    @Test(arguments: [
        "", "\n\n", "sl\n 0: x", "sl\n0: :BFA2 : 01 0 0 0 x\n", "sl\n0: 0:BFA2 0 01 0 0 0 99999999999 0\n",
    ])
    func `is unknown in a table that cannot be read`(text: String) {
        #expect(uid(port: 0xBFA2, in: text) == nil)
    }
}
