// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import PostfixWire

/// Hands the bytes of a connection to the decoder; what it keeps is bounded there, so NIO's buffer stays empty.
struct PolicyRequestReader: ByteToMessageDecoder {
    typealias InboundOut = PolicyRequest

    private var decoder = PolicyRequestDecoder()

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        let (taken, request) = try decoder.take(buffer.readableBytesUInt8Span)
        buffer.moveReaderIndex(forwardBy: taken)
        guard let request else { return .needMoreData }
        context.fireChannelRead(wrapInboundOut(request))
        return .continue
    }

    /// A request whose end never came needs no answer.
    mutating func decodeLast(
        context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> DecodingState {
        try decode(context: context, buffer: &buffer)
    }
}
