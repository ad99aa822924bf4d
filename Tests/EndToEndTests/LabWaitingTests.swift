// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import PosternLab

@Suite struct `A chronicle` {
    private let numbers = Chronicle<Int>(capacity: 100) { _ in 1 }

    @Test func `answers at once when what is waited for is there`() async throws {
        for number in 1...5 { numbers.append(number) }
        #expect(try await numbers.wait(for: "even ones", count: 2, within: .zero) { $0.isMultiple(of: 2) } == [2, 4])
    }

    @Test func `wakes a waiter by the last entry it lacks`() async throws {
        numbers.append(2)
        async let even = numbers.wait(for: "even ones", count: 3, within: .seconds(60)) { $0.isMultiple(of: 2) }
        for number in 3...6 { numbers.append(number) }
        #expect(try await even.prefix(3) == [2, 4, 6])
    }

    @Test func `counts only from the position it is told`() async throws {
        numbers.append(1)
        let position = numbers.position
        async let next = numbers.wait(for: "another", from: position, within: .seconds(60)) { _ in true }
        numbers.append(2)
        #expect(try await next.first == 2)
    }

    @Test func `gives up at the limit and says what was missing`() async throws {
        numbers.append(1)
        let failure = await #expect(throws: LabFailure.self) {
            try await numbers.wait(for: "two entries", count: 2, within: .milliseconds(10)) { _ in true }
        }
        #expect(failure?.description == "no two entries within 0.01 seconds")
    }

    @Test func `gives up when nothing more will come`() async throws {
        let task = Task { try await numbers.wait(for: "entry", within: .seconds(60)) { _ in true } }
        numbers.end()
        let failure = await #expect(throws: LabFailure.self) { try await task.value }
        #expect(failure?.description == "no entry: its source has ended")
    }

    @Test func `gives up when the waiting task is cancelled`() async throws {
        let task = Task { try await numbers.wait(for: "entry", within: nil) { _ in true } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `forgets its oldest entries and keeps counting`() async throws {
        for number in 0...100 { numbers.append(number) }
        #expect(numbers.position == 101)
        #expect(numbers.entries() == Array(26...100))
        #expect(numbers.entries(from: 99) == [99, 100])
    }
}
