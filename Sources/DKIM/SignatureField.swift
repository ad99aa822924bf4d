// SPDX-License-Identifier: Apache-2.0

/// Writes the value of a `DKIM-Signature` field, folded so that no line is longer than it must be.
struct SignatureField {
    /// The field's name.
    static let name = "DKIM-Signature"
    /// How long the list in `h=` may be, folds included, in bytes.
    ///
    /// libopendkim, and so many receivers, copies the list into a buffer of 4,096 bytes and cuts off the rest
    /// (dkim-canon.c, DKIM_MAXHEADER): such a signature would not verify.
    static let maximumListLength = 4000
    /// The last column that is used; RFC 5322 §2.1.1 recommends 78.
    private static let lastColumn = 77
    /// How wide a tab is shown.
    private static let tabWidth = 8

    /// The value so far: all that follows the colon.
    private(set) var value: [UInt8] = []
    private var column = name.utf8.count + 1

    /// Adds a tag whole, on the same line if it fits.
    mutating func append(tag: String, _ text: some Collection<UInt8>) {
        beginWord(length: tag.utf8.count + 2 + text.count)
        write(tag.utf8)
        write(CollectionOfOne(UInt8(ascii: "=")))
        write(text)
        write(CollectionOfOne(UInt8(ascii: ";")))
    }

    /// Adds the list of signed fields.
    mutating func append(fieldNames: [String]) throws(SigningError) {
        fold()
        write("h=".utf8)
        let start = value.count
        for (index, name) in fieldNames.enumerated() {
            if column + name.utf8.count + 1 > Self.lastColumn { fold() }
            write(name.utf8)
            write(CollectionOfOne(UInt8(ascii: index + 1 == fieldNames.count ? ";" : ":")))
        }
        guard value.count - start <= Self.maximumListLength else {
            throw .tooManyFields(limit: Self.maximumListLength)
        }
    }

    /// Adds the beginning of the last tag, `b=`; what stands then is what is hashed (RFC 6376 §3.7).
    mutating func beginSignature() {
        fold()
        write("b=".utf8)
    }

    /// Adds the signature itself, in Base64 and over several lines.
    mutating func append(signature: [UInt8]) {
        var rest = Base64.encode(signature)[...]
        while !rest.isEmpty {
            // Whole groups of four: no line begins with padding.
            let line = rest.prefix((Self.lastColumn - column) & ~3)
            write(line)
            rest = rest.dropFirst(line.count)
            if !rest.isEmpty { fold() }
        }
    }

    private mutating func beginWord(length: Int) {
        if column + 1 + length > Self.lastColumn {
            fold()
        } else {
            write(CollectionOfOne(UInt8(ascii: " ")))
        }
    }

    private mutating func write(_ text: some Collection<UInt8>) {
        value.append(contentsOf: text)
        column += text.count
    }

    private mutating func fold() {
        value.append(UInt8(ascii: "\n"))
        value.append(UInt8(ascii: "\t"))
        column = Self.tabWidth
    }
}
