// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// What libcrypto says of its last failure.
enum LibCrypto {
    /// The reason that this thread's last failure gave, in libcrypto's words; all that stands in the queue is cleared,
    /// so that a later failure is not told with this one's reason.
    static func takeError() -> String {
        let code = ERR_peek_last_error()
        defer { ERR_clear_error() }
        guard code != 0, let reason = ERR_reason_error_string(code) else { return "no reason given" }
        return String(cString: reason)
    }
}
