// SPDX-License-Identifier: Apache-2.0

/// Names and addresses of the lab's mail server and of those who talk to it.
///
/// All are of ranges kept for documentation (RFC 5737, RFC 3849), save the private one of the trusted client.
public enum Place {
    /// The domain whose mail the server sends and receives.
    public static let domain = "lab.example"
    /// The server's own name.
    public static let hostName = "mail.lab.example"
    /// The address that Postfix sends from: the one providers may list.
    public static let server = "192.0.2.1"
    /// Its IPv6 address.
    public static let server6 = "2001:db8::1"
    /// A client inside `mynetworks` that is not this host.
    public static let trustedClient = "10.9.0.5"
    /// A client outside `mynetworks`.
    public static let outsider = "203.0.113.66"

    /// The same over IPv6.
    public static let outsider6 = "2001:db8:bad::66"

    /// What the loopback interface has beside 127.0.0.1 and ::1.
    static var addresses: [String] {
        [server, server6, trustedClient, outsider, outsider6] + MXHost.all.flatMap(\.addresses)
    }
}
