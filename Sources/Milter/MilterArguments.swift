// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The arguments of a MAIL or RCPT command: an address and ESMTP parameters.
///
/// Valid during the callback only.
public struct MilterArguments {
    private let vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

    init(_ vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        self.vector = vector
    }

    /// The address as the MTA sends it: in angle brackets for SMTP mail, without for Postfix's local mail; may be
    /// empty either way.
    public var address: UnsafeRawBufferPointer {
        .init(terminated: vector?.pointee)
    }

    /// The ESMTP parameters, such as `SIZE=1000`, in order.
    public var parameters: [String] {
        guard let vector, vector[0] != nil else { return [] }
        var parameters: [String] = []
        var index = 1
        while let parameter = vector[index] {
            parameters.append(String(cString: parameter))
            index += 1
        }
        return parameters
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes up to the terminating NUL; none if there is no pointer.
    init(terminated string: UnsafePointer<CChar>?) {
        self.init(start: string, count: string.map { strlen($0) } ?? 0)
    }
}
