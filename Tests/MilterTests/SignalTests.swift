// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import MilterClient
import Synchronization
import Testing

@testable import Milter

/// Each test is a process of its own, which sends itself signals.
@Suite struct `A signal` {
    @Test(arguments: [SIGHUP, SIGTERM, SIGINT])
    func `that the host handles reaches the host, and the milter goes on`(number: CInt) async {
        await #expect(processExitsWith: .success) { [number] in
            let received = Notes()
            let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "signals"))
            source.setEventHandler { received.add("signal") }
            source.activate()
            let own = try OwnServer()
            try own.start()
            for count in 1...50 {
                kill(getpid(), number)
                for _ in 0..<10_000 where received.all.count < count { usleep(1_000) }
                try #require(received.all.count == count)
            }
            try own.expectService()
            withExtendedLifetime(source) {}
        }
    }

    @Test(arguments: [SIGHUP, SIGTERM, SIGINT])
    func `that comes while others are pending does not reach libmilter`(number: CInt) async {
        await #expect(processExitsWith: .success) { [number] in
            let received = Notes()
            let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "signals"))
            source.setEventHandler { received.add("signal") }
            source.activate()
            let own = try OwnServer()
            try own.start()
            for _ in 0..<20_000 { kill(getpid(), number) }
            #expect(received.wait(for: "signal"))
            try own.expectService()
            withExtendedLifetime(source) {}
        }
    }

    @Test func `is waited for as ever by others than libmilter`() async {
        await #expect(processExitsWith: .success) {
            var set = sigset_t()
            sigemptyset(&set)
            sigaddset(&set, SIGUSR1)
            sigaddset(&set, SIGHUP)
            pthread_sigmask(SIG_BLOCK, &set, nil)
            pthread_kill(pthread_self(), SIGUSR1)
            var number: CInt = 0
            #expect(waitForSignal(&set, &number) == 0)
            #expect(number == SIGUSR1)
        }
    }
}

extension OwnServer {
    /// A message is answered, and the server has not ended.
    fileprivate func expectService() throws {
        let mta = try conversation()
        try mta.say(.envelopeSender, "<a@example.com>")
        try mta.say(.envelopeRecipient, "<b@example.net>")
        #expect(try mta.endOfMessage().answer == .proceed)
        #expect(outcome.withLock { $0 == nil })
    }
}
