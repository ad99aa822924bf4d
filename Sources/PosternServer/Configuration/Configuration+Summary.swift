// SPDX-License-Identifier: Apache-2.0

extension Configuration {
    /// What the daemon does by this configuration, in one line for the service manager.
    var summary: String {
        let keys = domains.reduce(0) { $0 + $1.keys.count }
        return "signing \(modes.signing.rawValue) (\(domains.count) domains, \(keys) keys); "
            + "limits \(modes.limits.rawValue); listings \(modes.listings.rawValue); mail log \(mailLog.name)"
    }
}
