// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import Testing

@testable import Deliverability

/// The public test suite of RFC 7208; the file names its source.
struct SPFSuite: Decodable {
    struct Scenario: Decodable {
        var description: String
        var tests: [Case]
        var zone: [String: [TableSource.Record]]
    }

    struct Case: Decodable {
        var name: String
        var client: String
        var helo: String
        var sender: String
        var results: [String]
        var explanation: String?
        /// The section and paragraph that it proves.
        var spec: String
    }

    var scenarios: [Scenario]

    static func read() throws -> SPFSuite {
        let file = try #require(
            Bundle.module.url(forResource: "rfc7208-tests", withExtension: "json", subdirectory: "RFC7208"))
        return try JSONDecoder().decode(SPFSuite.self, from: Data(contentsOf: file))
    }
}

@Suite struct `SPF evaluation` {
    /// Where a domain has no explanation, the suite has its receivers say this.
    private static let noExplanation = "DEFAULT"

    @Test func `agrees with every case of the public test suite`() async throws {
        let suite = try SPFSuite.read()
        #expect(suite.scenarios.reduce(0) { $0 + $1.tests.count } == 203)
        for scenario in suite.scenarios {
            let evaluator = SPFEvaluator(TableSource(scenario.zone))
            for test in scenario.tests {
                let client = try #require(ClientAddress(parsing: test.client))
                let outcome = await evaluator.evaluate(
                    SPFQuestion(client: client, helo: test.helo, sender: test.sender))
                let name = "\(scenario.description): \(test.name) (\(test.spec)): \(outcome)"
                #expect(test.results.contains(outcome.result.rawValue), "\(name)")
                if let explanation = test.explanation {
                    #expect(outcome.explanation ?? Self.noExplanation == explanation, "\(name)")
                }
            }
        }
    }
}
