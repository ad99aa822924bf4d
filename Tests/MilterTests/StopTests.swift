// SPDX-License-Identifier: Apache-2.0
import Glibc
import Milter
import MilterClient
import Testing

/// Each test is a process of its own, because libmilter cannot be started twice in one.
@Suite struct `A milter server` {
    @Test func `is one for the life of a process`() async {
        await #expect(processExitsWith: .success) {
            let first = try OwnServer()
            #expect(throws: MilterError.oneServerPerProcess) { try OwnServer() }
            try first.start()
            first.server.stop(drainFor: .zero)
            #expect(throws: MilterError.oneServerPerProcess) { try OwnServer() }
            #expect(throws: MilterError.oneServerPerProcess) { try first.server.run() }
        }
    }

    @Test func `that was refused leaves room for another`() async {
        await #expect(processExitsWith: .success) {
            #expect(throws: MilterError.refusedByLibmilter("a timeout of 0 s")) { try OwnServer { $0.timeout = 0 } }
            #expect(throws: MilterError.refusedByLibmilter("packets of 65534 bytes")) {
                try OwnServer { $0.maximumPacketSize = 65_534 }
            }
            _ = try OwnServer()
        }
    }

    @Test func `without messages stops long before libmilter would look up by itself, and leaves no socket`() async {
        await #expect(processExitsWith: .success) {
            let own = try OwnServer()
            try own.start()
            _ = try own.conversation()
            let began = ContinuousClock.now
            #expect(own.server.stop(drainFor: .seconds(8)))
            #expect(ContinuousClock.now - began < .seconds(3), "libmilter looks up each 5 s")
            #expect(own.waitForEnd().map { (try? $0.get()) != nil } == true)
            #expect(access(own.path, F_OK) != 0)
        }
    }

    @Test func `lets the messages end that have begun before it stops`() async {
        await #expect(processExitsWith: .success) {
            let own = try OwnServer()
            try own.start()
            let mta = try own.conversation()
            try mta.say(.envelopeSender, "<a@example.com>")
            #expect(own.server.openMessages == 1)
            let drained = Notes()
            Thread.start {
                drained.add("\(own.server.stop(drainFor: .seconds(8)))")
            }
            usleep(100_000)
            #expect(drained.all == [], "it waits for the message")
            #expect(try mta.say(.envelopeRecipient, "<b@example.net>") == .proceed)
            #expect(try mta.body([0x61]) == .proceed)
            #expect(try mta.endOfMessage().answer == .proceed)
            #expect(drained.wait(for: "true"))
            #expect(own.waitForEnd().map { (try? $0.get()) != nil } == true)
        }
    }

    @Test func `does not wait longer than it was told`() async {
        await #expect(processExitsWith: .success) {
            let own = try OwnServer()
            try own.start()
            let mta = try own.conversation()
            try mta.say(.envelopeSender, "<a@example.com>")
            let began = ContinuousClock.now
            #expect(!own.server.stop(drainFor: .milliseconds(300)))
            let took = ContinuousClock.now - began
            #expect(took >= .milliseconds(300))
            #expect(took < .seconds(5))
        }
    }

    @Test func `counts messages and sessions, however they end`() async {
        await #expect(processExitsWith: .success) {
            let own = try OwnServer()
            try own.start()
            let first = try own.conversation()
            try first.say(.envelopeSender, "<a@example.com>")
            do {
                let second = try own.conversation()
                try second.say(.envelopeSender, "<b@example.com>")
                try second.say(.abort)
                try second.say(.envelopeSender, "<c@example.com>")
                #expect(own.server.openMessages == 2)
            }
            for _ in 0..<10_000 where own.server.openSessions > 1 { usleep(1_000) }
            #expect(own.server.openSessions == 1)
            #expect(own.server.openMessages == 1)
            try first.say(.envelopeRecipient, "<b@example.net>")
            _ = try first.endOfMessage()
            #expect(own.server.openMessages == 0)
        }
    }

    @Test func `stopped before it runs does not run`() async {
        await #expect(processExitsWith: .success) {
            let own = try OwnServer()
            #expect(own.server.stop(drainFor: .seconds(8)))
            try own.server.run()
        }
    }

    @Test func `on a TCP port of IPv6 serves and stops`() async {
        await #expect(processExitsWith: .success) {
            let port = UInt16(20_000 + getpid() % 10_000)
            let own = try OwnServer { $0.socket = .inet(host: "::1", port: port) }
            try own.start()
            let mta = try own.conversation()
            try mta.say(.envelopeSender, "<a@example.com>")
            try mta.say(.envelopeRecipient, "<b@example.net>")
            #expect(try mta.endOfMessage().answer == .proceed)
            #expect(own.server.stop(drainFor: .seconds(1)))
            #expect(own.waitForEnd().map { (try? $0.get()) != nil } == true)
        }
    }

    @Test func `refuses a socket that another process serves, and takes it when that is gone`() async {
        await #expect(processExitsWith: .success) {
            let own = try OwnServer()
            do {
                let living = try LivingSocket(at: own.path)
                #expect(throws: MilterError.socketInUse("unix:\(own.path)")) { try own.server.run() }
                withExtendedLifetime(living) {}
            }
            try own.start()
            _ = try own.conversation()
            var status = stat()
            #expect(stat(own.path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o660)
        }
    }

    @Test func `refuses more sessions than it may have, and serves those it has`() async {
        await #expect(processExitsWith: .success) {
            let own = try OwnServer { $0.maximumSessions = 3 }
            try own.start()
            for _ in 0..<10_000 where own.server.openSessions > 0 { usleep(1_000) }
            let sessions = try (0..<3).map { _ in try own.conversation() }
            #expect(throws: MilterClientError.closed) { try own.conversation() }
            #expect(own.server.refusedSessions == 1)
            try sessions[2].say(.envelopeSender, "<a@example.com>")
            try sessions[2].say(.envelopeRecipient, "<b@example.net>")
            #expect(try sessions[2].endOfMessage().answer == .proceed)
        }
    }
}
