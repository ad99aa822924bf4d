// SPDX-License-Identifier: Apache-2.0
// Signs a hostile message, its body once whole and once in pieces, in one of the four canonicalizations.
// Both signatures must be the same (Ed25519 has no chance in it), and lines short enough for mail.
import DKIM

private let key: SigningKey = {
    do { return try SigningKey(domain: "example.com", selector: "s1", generating: .ed25519) } catch {
        preconditionFailure("\(error)")
    }
}()

private func signature(_ message: RawMessage, _ body: [[UInt8]], _ options: SigningOptions) -> [Signature]? {
    var signer = MessageSigner(keys: [key], options: options)
    for field in message.fields {
        field.name.withUnsafeBytes { name in field.value.withUnsafeBytes { signer.header(name: name, value: $0) } }
    }
    signer.endOfHeaders()
    for piece in body { piece.withUnsafeBytes { signer.body($0) } }
    return try? signer.finish(at: 1_700_000_000)
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Input(start, count)
    let seed = input.byte()
    let options = SigningOptions(
        headerCanonicalization: seed & 1 == 0 ? .simple : .relaxed,
        bodyCanonicalization: seed & 2 == 0 ? .simple : .relaxed)
    let message = input.rest.withUnsafeBytes { RawMessage($0) }
    let whole = signature(message, [message.body], options)
    precondition(whole == signature(message, Input.pieces(of: message.body, seed: seed), options))
    for signature in whole ?? [] {
        for line in signature.headerValue.utf8.split(separator: UInt8(ascii: "\n")) { precondition(line.count <= 998) }
    }
    return 0
}
