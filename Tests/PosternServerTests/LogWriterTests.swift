// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import Testing

@testable import PosternServer

@Suite struct `The log writer` {
    @Test func `keeps a line a line, whatever a stranger wrote`() throws {
        let pipe = Pipe()
        let writer = LogWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor, marksPriority: true)
        writer.write("said \"550 no\r\n<0>forged\u{1B}[31m\"", level: .warning)
        var text = ""
        while !text.contains("\n") {
            let data = pipe.fileHandleForReading.availableData
            try #require(!data.isEmpty)
            text += String(decoding: data, as: UTF8.self)
        }
        #expect(text == "<4>said \"550 no??<0>forged?[31m\"\n")
    }

    @Test func `never waits for a reader that stands still, and tells how much was lost`() throws {
        let pipe = Pipe()
        let writer = LogWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor, marksPriority: false)
        let line = String(repeating: "x", count: 1000)
        for _ in 0..<4000 { writer.write(line, level: .info) }
        var text = ""
        while !text.contains("log lines dropped") {
            let data = pipe.fileHandleForReading.availableData
            try #require(!data.isEmpty)
            text = String(text.suffix(200)) + String(decoding: data, as: UTF8.self)
            writer.write("once more", level: .info)
        }
    }
}
