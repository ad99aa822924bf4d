// SPDX-License-Identifier: Apache-2.0
// Reads every line as whatever an address, login, queue ID or status may be written as, and all as a From field.
// What was understood must, written down, be understood alike; folding twice is folding once; a domain is a domain.
@testable import PosternCore

private func read(_ text: String) {
    if let address = ClientAddress(parsing: text) {
        precondition(ClientAddress(parsing: address.description) == address)
        precondition(ClientAddress(parsing: address.accountable.description) == address.accountable)
        for length: UInt8 in [0, 1, 31, 32, 64, 127, 128, 255] {
            precondition(AddressBlock(address: address, prefixLength: length).contains(address))
        }
    }
    if let block = try? AddressBlock(parsing: text) {
        precondition((try? AddressBlock(parsing: block.description)) == block)
    }
    if let id = QueueID(text) { precondition(id.description == text && QueueID(id.description) == id) }
    if let status = EnhancedStatusCode(text) { precondition(status.description == text) }
    for folding in [LoginFolding(), LoginFolding(tagDelimiters: ["+"], defaultRealm: "example.com")] {
        let once = folding.fold(text)
        precondition(folding.fold(once) == once, "\(Array(text.utf8)) \(Array(once.utf8))")
    }
    let envelope = EnvelopeAddress(text)
    _ = (envelope.isRole, envelope.isRouted)
    if let pattern = try? SenderPattern(parsing: text) {
        _ = pattern.matches(.login(text))
        _ = pattern.matches(.localUser(uid: 33))
    }
}

private func author(_ value: [UInt8]) {
    guard case .one(let domain) = AuthorDomain(fieldValue: value) else { return }
    let labels = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    precondition(domain.utf8.count <= 253 && labels.count > 1)
    precondition(labels.allSatisfy { 1...63 ~= $0.count })
    precondition(domain.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !(0x41...0x5A ~= $0) })
    // Who reads the domain alone must come to the same.
    precondition(AuthorDomain(fieldValue: "a@\(domain)".utf8) == .one(domain))
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Input(start, count)
    author(input.rest)
    for _ in 0..<4 where !input.rest.isEmpty { read(input.text()) }
    return 0
}
