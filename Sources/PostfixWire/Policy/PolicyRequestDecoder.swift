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
    private var seen: Set<PolicyRequest.Attribute> = []
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
            bytes.extracting(start..<stop).withUnsafeBufferPointer { line.append(contentsOf: $0) }
            guard let end else { break }
            start = end + 1
            if let request = try endLine() { return (start, request) }
        }
        return (bytes.count, nil)
    }

    private mutating func endLine() throws(PolicyFault) -> PolicyRequest? {
        defer { line.removeAll(keepingCapacity: true) }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard line.count <= Self.maximumLineLength else { throw .longLine }
        guard !line.isEmpty else { return endRequest() }
        guard let equals = line.span.place(of: UInt8(ascii: "="), from: 0), equals > 0 else {
            isTorn = true
            return nil
        }
        guard let attribute = PolicyRequest.Attribute(name: line.span.extracting(..<equals)),
            seen.insert(attribute).inserted
        else { return nil }
        request.set(attribute, to: String(decoding: line[(equals + 1)...], as: UTF8.self))
        return nil
    }

    private mutating func endRequest() -> PolicyRequest {
        var whole = request
        if isTorn { whole.isReadable = false }
        if !whole.isReadable { whole.stage = .other }
        request = PolicyRequest()
        seen.removeAll(keepingCapacity: true)
        isTorn = false
        length = 0
        return whole
    }
}
