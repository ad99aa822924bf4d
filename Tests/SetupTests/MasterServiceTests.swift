// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Setup

@Suite struct `A service of master cf` {
    @Test func `has its own parameters, also those whose values have blanks`() {
        let services = MasterService.read(
            """
            smtp       inet  n       -       y       -       -       smtpd
            submission inet  n       -       n       -       -       smtpd -o syslog_name=postfix/submission -o {smtpd_client_restrictions=permit_sasl_authenticated, reject}
            mailman    unix  -       n       n       -       -       pipe
              flags=FRX user=list argv=/usr/lib/mailman/bin/postfix-to-mailman.py ${nexthop} ${user}
            """)
        #expect(services.map(\.key) == ["smtp/inet", "submission/inet", "mailman/unix"])
        #expect(services.map(\.chroot) == ["y", "n", "n"])
        #expect(services[1][option: "smtpd_client_restrictions"] == "permit_sasl_authenticated, reject")
        #expect(services[1][option: "syslog_name"] == "postfix/submission")
        #expect(services[2].arguments.first == "flags=FRX")
    }

    @Test(arguments: ["", "smtp inet n - y - -", "   "])
    func `is none with fewer than eight columns`(line: String) {
        #expect(MasterService(line) == nil)
    }
}
