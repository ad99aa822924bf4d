// SPDX-License-Identifier: Apache-2.0

/// What kind of sender somebody is; limits are given by kind first.
public enum SenderClass: String, Hashable, Sendable, CaseIterable {
    /// Somebody who proved a name and a password.
    case login
    /// A user that runs what the whole world can reach: web sites, PHP, CGI.
    case webUser = "web"
    /// root, cron and the accounts of services.
    case systemUser = "system"
    /// A process of this host whose user could not be learnt in time.
    case unknownLocal = "local:unknown"
    /// A client in the trusted networks.
    case trustedHost = "trusted"
    /// A mailing list manager: few messages, many recipients, by its nature.
    case listManager = "list"
    /// An address of ours that sends on what comes from outside.
    case forwarder
}

extension SenderClass: CustomStringConvertible {
    /// The word by which the configuration knows the class.
    public var description: String { rawValue }
}
