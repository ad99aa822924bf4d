// SPDX-License-Identifier: Apache-2.0

/// `smtpd_milters` and the like (postconf(5)): sockets, each perhaps in braces with settings of its own.
struct MilterList: Hashable {
    struct Entry: Hashable {
        /// As main.cf has it: `unix:postern/milter`, `inet:localhost:8891`.
        var socket: String
        /// What stands beside it, such as `default_action`.
        var settings: [String: String] = [:]
    }

    private(set) var entries: [Entry] = []

    init(_ value: String) {
        var rest = Substring(value)
        while let character = rest.first {
            if character == "," || character.isWhitespace {
                rest = rest.dropFirst()
            } else if character == "{" {
                let inside = rest.dropFirst().prefix { $0 != "}" }
                rest = rest[inside.endIndex...].dropFirst()
                let words = Self.words(of: inside)
                guard let socket = words.first else { continue }
                var entry = Entry(socket: String(socket))
                for word in words.dropFirst() {
                    guard let equals = word.firstIndex(of: "=") else { continue }
                    entry.settings[String(word[..<equals])] = String(word[word.index(after: equals)...])
                }
                entries.append(entry)
            } else {
                let word = rest.prefix { $0 != "," && !$0.isWhitespace }
                rest = rest[word.endIndex...]
                entries.append(Entry(socket: String(word)))
            }
        }
    }

    private static func words(of text: Substring) -> [Substring] {
        text.split { $0 == "," || $0.isWhitespace }
    }

    /// The entry that leads to a socket; relative paths start at `queue_directory`, and to a chrooted service so do
    /// absolute ones.
    func entry(for socket: PostfixSetup.Socket, queue: String) -> Entry? {
        entries.first { entry in
            guard let colon = entry.socket.firstIndex(of: ":") else { return false }
            let place = entry.socket[entry.socket.index(after: colon)...]
            switch (entry.socket[..<colon], socket) {
            case ("unix", .unix(let path)): return place == path || Self.join(queue, place) == path
            case ("inet", .inet(let host, let port)):
                guard let last = place.lastIndex(of: ":"), place[place.index(after: last)...] == "\(port)" else {
                    return false
                }
                return Self.isSame(String(place[..<last]), host)
            default: return false
            }
        }
    }

    private static func join(_ queue: String, _ place: Substring) -> String {
        place.hasPrefix("/") ? queue + place : "\(queue)/\(place)"
    }

    /// Whether both name the same host, as far as can be said without asking; a socket of all addresses is every host's.
    private static func isSame(_ name: String, _ host: String) -> Bool {
        func plain(_ name: String) -> String {
            let bare = name.filter { $0 != "[" && $0 != "]" }.lowercased()
            return ["127.0.0.1", "::1", ""].contains(bare) ? "localhost" : bare
        }
        return ["", "0.0.0.0", "::"].contains(host) || plain(name) == plain(host)
    }
}
