// SPDX-License-Identifier: Apache-2.0
// The daemon's milter as it is, with signing and limits in force, behind a libmilter that milter.c stands in for.
import DKIM
import Foundation
import Logging
import Milter
import PosternCore
import Settings

@testable import PosternServer

@_cdecl("fuzz_prepare")
func prepare() {
    do {
        let directory = FileManager.default.temporaryDirectory.path + "/postern-fuzz-\(getpid())"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let file = directory + "/key.pem"
        let key = try SigningKey(domain: "example.com", selector: "s1", generating: .ed25519)
        let isWritten = FileManager.default.createFile(
            atPath: file, contents: Data(try key.pem()), attributes: [.posixPermissions: 0o600])
        precondition(isWritten)
        let mail = MailService(
            try SettingsDocument.read(configuration(keyFile: file), file: "fuzz") {
                Configuration($0, readsRules: false)
            },
            log: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() },
            now: { Moment(seconds: 1_700_000_000) })
        _ = try MilterServer(
            MilterConfiguration(
                name: "fuzz", socket: .unix(path: directory + "/milter"), steps: .all,
                answered: [.envelopeRecipient, .endOfHeaders], actions: [.addHeaders, .changeHeaders, .quarantine],
                macros: [.envelopeSender: [.authenticatedLogin, .daemonName], .endOfMessage: [.queueID]])
        ) { MailSession(mail) }
    } catch {
        FileHandle.standardError.write(Data("milter: \(error)\n".utf8))
        abort()
    }
}

private func configuration(keyFile: String) -> String {
    """
    [modes]
    signing = "enforce"
    limits = "enforce"
    [senders]
    hosted-domains = ["example.com"]
    trusted-networks = ["127.0.0.0/8", "0.0.0.0/2"]
    [[domain]]
    name = "example.com"
    covers-subdomains = true
    keys = [{ selector = "s1", file = "\(keyFile)" }]
    [[limit]]
    senders = "login"
    rates = ["20/1m", "50/1h"]
    over = "hold"
    [[limit]]
    senders = "web"
    rates = ["20/1m"]
    over = "defer"
    """
}
