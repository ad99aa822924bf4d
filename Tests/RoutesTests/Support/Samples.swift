// SPDX-License-Identifier: Apache-2.0
import Glibc
import PosternCore
import Routes

extension Moment {
    /// The host's clock, which Postfix's query reads too.
    static var now: Moment { Moment(seconds: Int64(time(nil))) }
}

extension RouteRow {
    /// A pause as the listing machine words it.
    static func pause(_ key: String, text: String = "4.7.0 mail is kept", until expires: Moment) -> RouteRow {
        RouteRow(key: key, target: .retry(text: text), expires: expires)
    }
}
