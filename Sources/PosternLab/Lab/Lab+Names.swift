// SPDX-License-Identifier: Apache-2.0

extension Lab {
    /// Adds a record to the lab's DNS, written as in a zone file: `s1._domainkey.lab.example. 60 IN TXT "v=DKIM1; p=…"`.
    public func addRecord(_ record: String) async throws { try await names.add(record) }

    /// Takes all records of a name out of the lab's DNS.
    public func removeRecords(of name: String) async throws { try await names.remove(name: name) }
}
