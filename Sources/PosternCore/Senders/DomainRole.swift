// SPDX-License-Identifier: Apache-2.0

/// What a recipient's domain is to this host, in Postfix's address classes (ADDRESS_CLASS_README).
public enum DomainRole: String, Hashable, Sendable, CaseIterable {
    /// `mydestination` or `virtual_mailbox_domains`: mail for it ends here.
    case hosted
    /// `virtual_alias_domains`: ours, but what it stands for may be elsewhere.
    case aliased
    /// `relay_domains`: mail for it goes on to a host behind this one.
    case relayed
    /// None of ours: Postfix takes mail for it only from whom it trusts.
    case foreign

    /// Whether outsiders may send mail for the domain to this host.
    public var isOurs: Bool { self != .foreign }
}
