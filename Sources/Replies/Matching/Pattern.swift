// SPDX-License-Identifier: Apache-2.0
internal import CPCRE2

/// A compiled regular expression (PCRE2, caseless, UTF-8), compiled to machine code where the host allows that.
final class Pattern: @unchecked Sendable {  // pcre2_code is immutable once compiled; pcre2api(3), "Multithreading".
    /// The expression as it was compiled.
    let source: String
    /// The numbers of the groups named `address`.
    let addressGroups: [Int]
    private let code: OpaquePointer

    /// What a match came to.
    enum Outcome {
        /// It matched; the groups stand in the scratch's match data.
        case matched
        /// It did not.
        case unmatched
        /// It gave up at a limit (or PCRE2 failed): taken as no match, and told.
        case exhausted
    }

    /// A pattern that does not compile: PCRE2's words and where it stopped.
    struct Invalid: Error {
        let message: String
        let offset: Int
    }

    /// Compiles `source`.
    init(_ source: String) throws(Invalid) {
        var number: Int32 = 0
        var offset = 0
        let options = PCRE2_CASELESS | PCRE2_UTF | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C
        var pattern = source
        let compiled = pattern.withUTF8 {
            pcre2_compile_8($0.baseAddress, $0.count, UInt32(options), &number, &offset, nil)
        }
        guard let compiled else { throw Invalid(message: Self.message(number), offset: offset) }
        // Without JIT (a kernel that forbids writable code pages) the interpreter does the same, slower.
        pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE)
        code = compiled
        self.source = source
        addressGroups = Self.groups(named: "address", in: compiled)
    }

    deinit {
        pcre2_code_free_8(code)
    }

    /// Matches the text that lies in `scratch`.
    func match(in scratch: MatchScratch) -> Outcome {
        // The text is a Swift string's, cut between characters: valid UTF-8.
        let result = pcre2_match_8(
            code, scratch.text, scratch.count, 0, PCRE2_NO_UTF_CHECK, scratch.matchData, scratch.matchContext)
        if result >= 0 { return .matched }
        return result == PCRE2_ERROR_NOMATCH ? .unmatched : .exhausted
    }

    private static func message(_ number: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
        return length < 0 ? "error \(number)" : String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
    }

    /// Reads PCRE2's name table: entries of two bytes for the number, then the name, then zeros.
    private static func groups(named name: String, in code: OpaquePointer) -> [Int] {
        var count: UInt32 = 0
        var size: UInt32 = 0
        var table: UnsafePointer<UInt8>?
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard let table, size > 2 else { return [] }
        return (0..<Int(count)).compactMap { index in
            let entry = UnsafeBufferPointer(start: table + index * Int(size), count: Int(size))
            let entryName = entry.dropFirst(2).prefix { $0 != 0 }
            return entryName.elementsEqual(name.utf8) ? Int(entry[0]) << 8 | Int(entry[1]) : nil
        }
    }
}
