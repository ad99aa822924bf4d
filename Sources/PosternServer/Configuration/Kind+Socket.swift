// SPDX-License-Identifier: Apache-2.0
internal import Milter
internal import Settings

extension Kind where Value == MilterSocket {
    static var milterSocket: Kind {
        .parsed("a socket such as \"unix:/var/spool/postfix/postern/milter\" or \"inet:8891@127.0.0.1\"") { text in
            do throws(MilterError) {
                let socket = try MilterSocket(parsing: text)
                if case .unix(let path, _) = socket, !path.hasPrefix("/") {
                    return .refused("\(quoted(text)) has a relative path; write unix:/…")
                }
                return .value(socket)
            } catch {
                return .refused("\(quoted(text)) is not a socket; write \"unix:/absolute/path\" or \"inet:port@host\"")
            }
        } print: {
            $0.description
        }
    }
}
