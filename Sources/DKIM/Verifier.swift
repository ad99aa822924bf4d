// SPDX-License-Identifier: Apache-2.0
internal import COpenDKIM
internal import Synchronization

/// Verifies signatures through libopendkim: an implementation that shares no line with our signer.
public enum Verifier {
    /// Verifies each signature of a message.
    ///
    /// It may be called from several threads at once; those that ask the DNS wait for each other.
    ///
    /// - Parameters:
    ///   - message: the whole message as it would travel, signatures included; see `RawMessage` for its line ends.
    ///   - keys: where the public keys are found.
    /// - Returns: a result for each signature, from the top; empty if there is none.
    /// - Throws: why libopendkim did not look at the message at all.
    public static func verify(
        message: UnsafeRawBufferPointer, keys: KeySource
    ) throws(VerifierError) -> [Verification] {
        let message = RawMessage(message)
        switch keys {
        case .records(let records):
            guard let library = OpenDKIM.withRecords else { throw .libraryUnavailable }
            return try verify(message, records: records, library: library)
        case .dns:
            return try dnsTurn.withLock { _ throws(VerifierError) in
                guard let library = OpenDKIM() else { throw .libraryUnavailable }
                return try verify(message, records: [], library: library)
            }
        }
    }

    /// Verifies each signature of a message.
    public static func verify(message: [UInt8], keys: KeySource) throws(VerifierError) -> [Verification] {
        // Not rethrown through the closure: withUnsafeBytes does not know typed errors.
        let result = message.withUnsafeBytes { bytes -> Result<[Verification], VerifierError> in
            do throws(VerifierError) {
                return .success(try verify(message: bytes, keys: keys))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// libopendkim keeps one resolver in each set-up and asks it without a lock (dkim-dns.c, dkim_res_query).
    private static let dnsTurn = Mutex(())

    private static func verify(
        _ message: RawMessage, records: [KeyRecord], library: OpenDKIM
    ) throws(VerifierError) -> [Verification] {
        var status = DKIM_STAT_OK
        guard let handle = dkim_verify(library.handle, "postern", nil, &status) else {
            throw .refused(words(of: status))
        }
        defer { dkim_free(handle) }
        let context = OpenDKIM.Records(records)
        return try withExtendedLifetime(context) { () throws(VerifierError) in
            dkim_set_user_context(handle, Unmanaged.passUnretained(context).toOpaque())
            return try run(message, through: handle)
        }
    }

    private static func run(_ message: RawMessage, through handle: OpaquePointer) throws(VerifierError)
        -> [Verification]
    {
        for field in message.fields {
            var text = field.name + [UInt8(ascii: ":")] + field.value
            // The result is not asked: a malformed field of others must not keep the signatures from being verified.
            _ = dkim_header(handle, &text, text.count)
        }
        let header = dkim_eoh(handle)
        guard header != DKIM_STAT_NOSIG else { return [] }
        guard header == DKIM_STAT_OK else { throw .refused(reason(header, handle)) }
        var body = message.body
        let taken = body.isEmpty ? DKIM_STAT_OK : dkim_body(handle, &body, body.count)
        guard taken == DKIM_STAT_OK else { throw .refused(reason(taken, handle)) }
        // The result is of one signature only, and says no more than they say themselves.
        _ = dkim_eom(handle, nil)
        var list: UnsafeMutablePointer<OpaquePointer?>?
        var count: Int32 = 0
        guard dkim_getsiglist(handle, &list, &count) == DKIM_STAT_OK, let list else { return [] }
        return (0..<Int(count)).compactMap { index in
            list[index].map { result(of: $0, in: handle) }
        }
    }

    private static func result(of signature: OpaquePointer, in handle: OpaquePointer) -> Verification {
        if dkim_sig_getflags(signature) & UInt32(DKIM_SIGFLAG_PROCESSED | DKIM_SIGFLAG_IGNORE) == 0 {
            _ = dkim_sig_process(handle, signature)
        }
        return Verification(
            domain: text(dkim_sig_getdomain(signature)), selector: text(dkim_sig_getselector(signature)),
            algorithm: text(dkim_sig_getalgorithm(signature)), outcome: outcome(of: signature))
    }

    private static func outcome(of signature: OpaquePointer) -> Verification.Outcome {
        let error = dkim_sig_geterror(signature)
        let reason = dkim_sig_geterrorstr(error).map { String(cString: $0) } ?? "unknown error"
        let body = dkim_sig_getbh(signature)
        switch error {
        case DKIM_SIGERROR_OK, DKIM_SIGERROR_UNKNOWN, DKIM_SIGERROR_BADSIG:
            if body == DKIM_SIGBH_MISMATCH { return .fail("the body hash differs") }
            let isPassed = dkim_sig_getflags(signature) & UInt32(DKIM_SIGFLAG_PASSED) != 0
            return isPassed && body == DKIM_SIGBH_MATCH && error != DKIM_SIGERROR_BADSIG ? .pass : .fail(reason)
        case DKIM_SIGERROR_KEYFAIL, DKIM_SIGERROR_DNSSYNTAX:
            return .temperror(reason)
        default:
            return .permerror(reason)
        }
    }

    private static func reason(_ status: DKIM_STAT, _ handle: OpaquePointer) -> String {
        guard let detail = dkim_geterror(handle) else { return words(of: status) }
        return "\(words(of: status)): \(String(cString: detail))"
    }

    private static func words(of status: DKIM_STAT) -> String {
        dkim_getresultstr(status).map { String(cString: $0) } ?? "status \(status)"
    }

    private static func text(_ text: UnsafePointer<UInt8>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }
}
