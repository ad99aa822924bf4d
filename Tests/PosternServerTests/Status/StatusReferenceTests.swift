// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import PosternServer

/// The reference page against what the service really answers.
@Suite(.serialized) struct `The reference of the status service` {
    private static func page() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Sources/PosternServer/Postern.docc/StatusReference.md"), encoding: .utf8)
    }

    @Test func `names every resource that there is, and no other`() async throws {
        let page = try Self.page()
        try await StatusWorld.with { world in
            let index = try await world.client.get("/v1", as: [String: [String]].self)
            let there = Set(index["resources", default: []].map { $0.replacing(/[:{](\w+)}?/) { ":\($0.1)" } })
            let named = Set(page.matches(of: /`((?:GET|POST) \/v1[^`?]*)`/).map { String($0.1) })
            #expect(named == there)
        }
    }

    @Test func `names every field of every answer`() async throws {
        let page = try Self.page()
        try await StatusWorld.with { world in
            for path in [
                "/v1/status", "/v1/listings", "/v1/listings/yahoo", "/v1/rejections", "/v1/deliveries", "/v1/events",
                "/v1/held", "/v1/configuration",
            ] {
                let bytes = try await world.client.get(path)
                let keys = Self.keys(in: try JSONSerialization.jsonObject(with: Data(bytes)))
                for key in keys.sorted() { #expect(page.contains("`\(key)`"), "\(path): \(key)") }
            }
        }
    }

    @Test func `names every family of metrics`() async throws {
        let page = try Self.page()
        try await StatusWorld.with { world in
            let text = String(decoding: try await world.client.get("/metrics"), as: UTF8.self)
            for match in text.matches(of: /# TYPE (\w+)/) { #expect(page.contains("`\(match.1)"), "\(match.1)") }
        }
    }

    /// The names of fields, but not those that are values: reasons, keys, providers, places.
    private static func keys(in value: Any) -> Set<String> {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: []) { keys, field in
                keys.insert(field.key)
                guard !["unsigned", "signatures", "answers", "modes", "places", "selectors"].contains(field.key) else {
                    return
                }
                keys.formUnion(Self.keys(in: field.value))
            }
        case let array as [Any]: array.reduce(into: []) { $0.formUnion(Self.keys(in: $1)) }
        default: []
        }
    }
}
