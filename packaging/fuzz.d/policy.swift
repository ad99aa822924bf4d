// SPDX-License-Identifier: Apache-2.0
// Feeds the policy request decoder what a peer may send, once whole and once in pieces.
// The same requests must come of it, or the same fault, wherever it was cut; and no text longer than a line may be.
import PostfixWire

private func decode(_ pieces: [[UInt8]]) -> ([PolicyRequest], PolicyFault?) {
    var decoder = PolicyRequestDecoder()
    var requests: [PolicyRequest] = []
    for piece in pieces {
        var rest = piece[...]
        while !rest.isEmpty {
            do throws(PolicyFault) {
                let (taken, request) = try decoder.take(rest.span)
                precondition(1...rest.count ~= taken)
                rest = rest.dropFirst(taken)
                guard let request else {
                    precondition(rest.isEmpty)
                    continue
                }
                requests.append(request)
            } catch {
                return (requests, error)
            }
        }
    }
    return (requests, nil)
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Input(start, count)
    let seed = input.byte()
    let (whole, fault) = decode([input.rest])
    let (cut, cutFault) = decode(Input.pieces(of: input.rest, seed: seed))
    precondition(whole == cut)
    precondition((fault == nil) == (cutFault == nil))
    for request in whole {
        // Each byte that is no UTF-8 becomes three.
        for text in [request.instance, request.queueID, request.login, request.sender, request.recipient] {
            precondition(text.utf8.count <= 3 * PolicyRequestDecoder.maximumLineLength)
        }
        precondition(request.isReadable || request.stage == .other)
    }
    let words = String(decoding: input.rest, as: UTF8.self)
    for reply in [PolicyReply.hold(words), .refuse(words), .refuseForNow(words)] {
        // One line and the empty one that ends the answer.
        precondition(reply.bytes.count { $0 == UInt8(ascii: "\n") } == 2)
    }
    return 0
}
