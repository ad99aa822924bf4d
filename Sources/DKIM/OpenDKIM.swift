// SPDX-License-Identifier: Apache-2.0
internal import COpenDKIM

/// A set-up of libopendkim (`DKIM_LIB`), which all threads may share once its options are set.
final class OpenDKIM: @unchecked Sendable {
    // Safe to share: after init the handle is only handed to dkim_verify, which reads it.
    let handle: OpaquePointer

    /// Gets keys from the records that the caller gave with the message.
    static let withRecords = OpenDKIM(lookUp: lookUpRecord)

    /// - Returns: `nil` if libopendkim has no memory or refuses an option.
    init?(lookUp: KeyLookUp? = nil) {
        guard let handle = dkim_init(nil, nil) else { return nil }
        self.handle = handle
        // BADSIGHANDLES: a malformed signature gets a result of its own, and the message need not have a From.
        // DELAYSIGPROC: the first bad signature would otherwise end the work on the others.
        // Not FIXCRLF: it would make a line end of a lone CR, which Postfix does not.
        var flags = UInt32(DKIM_LIBFLAGS_BADSIGHANDLES | DKIM_LIBFLAGS_DELAYSIGPROC)
        guard
            dkim_options(handle, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, MemoryLayout.size(ofValue: flags))
                == DKIM_STAT_OK
        else { return nil }
        if let lookUp, dkim_set_key_lookup(handle, lookUp) != DKIM_STAT_OK { return nil }
    }

    deinit {
        dkim_close(handle)
    }

    /// libopendkim's callback for keys; it has to write a NUL-terminated record into the buffer.
    typealias KeyLookUp =
        @convention(c) (OpaquePointer?, OpaquePointer?, UnsafeMutablePointer<UInt8>?, Int) -> Int32

    /// The records that go with a message, where the callback finds them.
    final class Records {
        let records: [KeyRecord]

        init(_ records: [KeyRecord]) {
            self.records = records
        }
    }

    private static let lookUpRecord: KeyLookUp = { message, signature, buffer, size in
        guard let message, let signature, let buffer, let context = dkim_get_user_context(message),
            let domain = dkim_sig_getdomain(signature), let selector = dkim_sig_getselector(signature)
        else { return DKIM_CBSTAT_ERROR }
        let wanted = (domain: String(cString: domain).lowercased(), selector: String(cString: selector).lowercased())
        let records = Unmanaged<Records>.fromOpaque(context).takeUnretainedValue().records
        guard
            let record = records.first(where: {
                $0.domain.lowercased() == wanted.domain && $0.selector.lowercased() == wanted.selector
            })
        else { return DKIM_CBSTAT_NOTFOUND }
        let text = record.text.utf8
        guard text.count < size, !text.contains(0) else { return DKIM_CBSTAT_ERROR }
        var position = 0
        for byte in text {
            buffer[position] = byte
            position += 1
        }
        buffer[position] = 0
        return DKIM_CBSTAT_CONTINUE
    }
}
