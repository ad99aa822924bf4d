// SPDX-License-Identifier: Apache-2.0

/// Makes requests of the bytes of one connection: lines `name=value`, the last of a request empty (SMTPD_POLICY_README).
///
/// Attributes that nobody asked for are passed over, of a name that comes twice the first counts, a CR before the LF is
/// dropped. A line without `=` makes its request unreadable, and no other: the empty line shows where the next begins.
public struct PolicyRequestDecoder: Sendable {
    /// The longest line, in bytes without its end.
    ///
    /// Postfix's own are a few hundred bytes.
    public static let maximumLineLength = 8192
    /// The longest request, in bytes with all line ends.
    public static let maximumRequestLength = 65_536

    private var line: [UInt8] = []
    private var length = 0
    private var request = PolicyRequest()
    /// A bit for each attribute that came.
    private var seen: UInt16 = 0
    private var isTorn = false

    /// A decoder for a connection that has just begun.
    public init() {}

    /// Takes bytes up to the end of a request, or all of them if none ends here.
    /// - Throws: ``PolicyFault`` if the peer sends what cannot be an end soon: the connection is of no more use then.
    /// - Returns: How many bytes were taken, and the request that they complete.
    public mutating func take(
        _ bytes: Span<UInt8>
    ) throws(PolicyFault) -> (taken: Int, request: PolicyRequest?) {
        var start = 0
        while start < bytes.count {
            let end = bytes.place(of: UInt8(ascii: "\n"), from: start)
            let stop = end ?? bytes.count
            // The CR of a line end is not the line's.
            guard line.count + stop - start <= Self.maximumLineLength + 1 else { throw .longLine }
            length += (end.map { $0 + 1 } ?? stop) - start
            guard length <= Self.maximumRequestLength else { throw .longRequest }
            let piece = bytes.extracting(start..<stop)
            guard let end, line.isEmpty else {
                piece.withUnsafeBufferPointer { line.append(contentsOf: $0) }
                guard let end else { break }
                start = end + 1
                let whole = line
                line.removeAll(keepingCapacity: true)
                if let request = try endLine(whole.span) { return (start, request) }
                continue
            }
            // The usual case: the line lies whole in what came, and is read where it lies.
            start = end + 1
            if let request = try endLine(piece) { return (start, request) }
        }
        return (bytes.count, nil)
    }

    private mutating func endLine(_ line: Span<UInt8>) throws(PolicyFault) -> PolicyRequest? {
        var count = line.count
        if count > 0, line[count - 1] == UInt8(ascii: "\r") { count -= 1 }
        guard count <= Self.maximumLineLength else { throw .longLine }
        guard count > 0 else { return endRequest() }
        guard let equals = line.place(of: UInt8(ascii: "="), from: 0, to: count), equals > 0 else {
            isTorn = true
            return nil
        }
        guard let attribute = PolicyRequest.Attribute(name: line.extracting(..<equals)), seen & attribute.bit == 0
        else { return nil }
        seen |= attribute.bit
        let value = line.extracting((equals + 1)..<count)
        request.set(attribute, to: value.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
        return nil
    }

    private mutating func endRequest() -> PolicyRequest {
        var whole = request
        if isTorn { whole.isReadable = false }
        if !whole.isReadable { whole.stage = .other }
        request = PolicyRequest()
        seen = 0
        isTorn = false
        length = 0
        return whole
    }
}
