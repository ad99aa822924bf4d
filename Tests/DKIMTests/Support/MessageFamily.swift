// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The messages in `Messages`.
enum MessageFamily {
    struct Member: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]

        var testDescription: String { name }
    }

    static let members: [Member] = {
        let folder = Bundle.module.resourceURL?.appendingPathComponent("Messages")
        let files = folder.flatMap {
            try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
        }
        return (files ?? []).filter { $0.pathExtension == "eml" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .compactMap { file in
                (try? Data(contentsOf: file)).map {
                    Member(name: file.deletingPathExtension().lastPathComponent, bytes: [UInt8]($0))
                }
            }
    }()
}
