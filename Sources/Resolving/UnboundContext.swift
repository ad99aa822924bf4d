// SPDX-License-Identifier: Apache-2.0
internal import CUnbound

/// libunbound's resolver with its cache and its worker thread; belongs to one thread.
///
/// Sources: libunbound(3), unbound.conf(5).
final class UnboundContext {
    private let context: OpaquePointer
    /// Becomes readable when `process()` has something to do.
    let descriptor: Int32

    init(_ servers: NameServers) throws(LookupFailure) {
        guard let context = ub_ctx_create() else { throw .trouble("libunbound cannot start") }
        let descriptor = ub_fd(context)
        do throws(LookupFailure) {
            guard descriptor >= 0 else { throw .trouble("libunbound has no descriptor") }
            // Its messages would go to our standard error, each failed look-up among them.
            try Self.check(ub_ctx_debugout(context, nil))
            try Self.check(ub_ctx_async(context, 1))
            for (option, value) in Self.options { try Self.check(ub_ctx_set_option(context, option, value)) }
            try Self.check(Self.use(servers, in: context))
        } catch {
            ub_ctx_delete(context)
            throw error
        }
        self.context = context
        self.descriptor = descriptor
    }

    /// Ends the worker thread; of what is still asked nothing is heard any more.
    deinit { ub_ctx_delete(context) }

    /// Asks; the look-up is told from within `process()`, so it must be kept until it has returned, or this is gone.
    func ask(_ lookup: Lookup) throws(LookupFailure) {
        let mine = Unmanaged.passUnretained(lookup).toOpaque()
        let status = ub_resolve_async(
            context, lookup.name.text, lookup.type.rawValue, Self.internet, mine,
            { mine, error, result in
                defer { if let result { ub_resolve_free(result) } }
                guard let mine else { return }
                let answer = UnboundContext.read(error, result)
                Unmanaged<Lookup>.fromOpaque(mine).takeUnretainedValue().returned(answer)
            }, nil)
        try Self.check(status)
    }

    /// Tells look-ups what came.
    func process() throws(LookupFailure) {
        try Self.check(ub_process(context))
    }

    /// Class IN (RFC 1035 §3.2.4).
    private static let internet: Int32 = 1

    private static let options = [
        // Answers are taken from the host's own servers, which validate if anybody does.
        ("module-config:", "iterator"),
        ("do-not-query-localhost:", "no"),
        // What private and reserved addresses are called, the site's servers know, not the library.
        ("unblock-lan-zones:", "yes"),
        ("cache-min-ttl:", "60"),
        ("cache-max-ttl:", "3600"),
        ("cache-max-negative-ttl:", "60"),
        ("msg-cache-size:", "1m"),
        ("rrset-cache-size:", "1m"),
        // A server that was away is asked again after a minute, not after a quarter of an hour.
        ("infra-host-ttl:", "60"),
    ]

    private static func use(_ servers: NameServers, in context: OpaquePointer) -> Int32 {
        switch servers {
        case .file(let path):
            if ub_ctx_resolvconf(context, path) == 0 { return 0 }
            return ub_ctx_set_fwd(context, "127.0.0.1")
        case .these(let addresses):
            for address in addresses {
                let status = ub_ctx_set_fwd(context, address)
                guard status == 0 else { return status }
            }
            return 0
        }
    }

    private static func check(_ status: Int32) throws(LookupFailure) {
        guard status != 0 else { return }
        throw .trouble("libunbound: \(String(cString: ub_strerror(status)))")
    }

    private static func read(_ error: Int32, _ result: UnsafeMutablePointer<ub_result>?) -> RecordAnswer {
        guard error == 0, let result = result?.pointee else {
            return .failed(.trouble("libunbound: \(String(cString: ub_strerror(error)))"))
        }
        if result.bogus != 0 { return .failed(.server(code: 2)) }
        switch result.rcode {
        case 0: break
        case 3: return .noName
        default: return .failed(.server(code: Int(result.rcode)))
        }
        guard result.havedata != 0, let data = result.data, let lengths = result.len else {
            return result.nxdomain != 0 ? .noName : .noData
        }
        var records: [[UInt8]] = []
        while records.count < mostRecords, let record = data[records.count] {
            let length = max(0, Int(lengths[records.count]))
            records.append([UInt8](UnsafeRawBufferPointer(start: record, count: length)))
        }
        return records.isEmpty ? .noData : .records(records)
    }

    /// A packet holds 4,000 addresses; nobody needs so many.
    private static let mostRecords = 200
}
