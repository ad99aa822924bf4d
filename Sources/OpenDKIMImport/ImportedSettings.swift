// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

/// What OpenDKIM's configuration says of signing as a whole, as lines of ours.
struct ImportedSettings {
    private(set) var lines: [String] = []
    var notes: [ImportNote] = []

    /// Fields that Postern protects from being added, whatever is configured.
    private static let oversigned: Set<String> = ["from", "to", "cc", "subject", "date", "reply-to"]
    private static let validity = 86_400...31_536_000

    init(_ configuration: ConfigurationText, reading files: ImportFiles) {
        readMode(configuration)
        readSigning(configuration)
        readHosts(configuration, files)
        readFields(configuration, files)
    }

    private mutating func lose(_ parameter: ConfigurationText.Parameter, _ text: String) {
        notes.append(ImportNote(parameter.place, .lost, "\(parameter.name): \(text)"))
    }

    private mutating func readMode(_ configuration: ConfigurationText) {
        guard let mode = configuration["Mode"] else { return }
        let letters = mode.value.lowercased()
        if letters.contains("v") {
            notes.append(
                ImportNote(
                    mode.place, .unneeded, "Mode: mail that comes in is not checked here: leave that to a spam filter"))
        }
        if !letters.contains("s") { lines += ["", "[modes]", "signing = \"off\""] }
    }

    private mutating func readSigning(_ configuration: ConfigurationText) {
        var signing: [String] = []
        if let parameter = configuration["Canonicalization"] {
            let parts = parameter.value.lowercased().split(separator: "/", omittingEmptySubsequences: false)
            let known = ["simple", "relaxed"]
            if let header = parts.first, parts.count <= 2, parts.allSatisfy({ known.contains(String($0)) }) {
                // Of one word alone the body is simple (RFC 6376 §3.5, c=).
                let body = parts.count == 2 ? parts[1] : "simple"
                signing += [
                    "header-canonicalization = \(quoted(String(header)))",
                    "body-canonicalization = \(quoted(String(body)))",
                ]
            } else {
                lose(parameter, "\"\(parameter.value)\" is not understood; relaxed/relaxed holds")
            }
        }
        if let parameter = configuration["SignatureTTL"], let seconds = Int64(parameter.value), seconds != 0 {
            let limits = Self.validity
            let kept = min(max(seconds, Int64(limits.lowerBound)), Int64(limits.upperBound))
            signing.append("valid-for = \"\(kept)s\"")
            if kept != seconds { lose(parameter, "\(seconds) s is out of range; \(kept) s is written") }
        }
        if let parameter = configuration["MinimumKeyBits"], let bits = Int(parameter.value) {
            let kept = min(max(bits, 1024), 4096)
            signing.append("minimum-rsa-bits = \(kept)")
            if kept != bits { lose(parameter, "\(bits) is out of range; \(kept) is written") }
        } else {
            // What OpenDKIM takes where nothing is said: else a key of 1024 bits that signed until now would be refused.
            signing.append("minimum-rsa-bits = 1024")
        }
        if let parameter = configuration["SignatureAlgorithm"], parameter.value.lowercased() == "rsa-sha1" {
            lose(parameter, "rsa-sha1 is not written (RFC 8301 §3.1); the key's kind decides")
        }
        readFailure(configuration, &signing)
        lines += ["", "[signing]"] + signing
    }

    private mutating func readFailure(_ configuration: ConfigurationText, _ signing: inout [String]) {
        let says = ["On-SignatureError", "On-Default"].lazy.compactMap { configuration[$0] }.first
        guard let parameter = says else { return }
        switch parameter.value.lowercased() {
        case "a", "accept": signing.append("on-failure = \"accept\"")
        case "t", "tempfail": signing.append("on-failure = \"tempfail\"")
        default: lose(parameter, "\"\(parameter.value)\" has no counterpart; what cannot be signed goes unsigned")
        }
    }

    private mutating func readHosts(_ configuration: ConfigurationText, _ files: ImportFiles) {
        guard let parameter = configuration["InternalHosts"] else { return }
        let hosts = Dataset(parameter, reading: files)
        notes += hosts.notes
        var networks: [String] = []
        for entry in hosts.entries {
            guard let block = Self.blocks(of: entry.key) else {
                notes.append(
                    ImportNote(
                        entry.place, .lost, "\(entry.key): a trusted network is an address or a block of addresses here"
                    ))
                continue
            }
            for network in block where !networks.contains(network) { networks.append(network) }
        }
        guard !networks.isEmpty else { return }
        lines += ["", "[senders]", "trusted-networks = ["] + networks.map { "  \(quoted($0))," } + ["]"]
    }

    /// The networks that a host of OpenDKIM's lists is; `nil` if it is none that has an address.
    private static func blocks(of host: String) -> [String]? {
        if host.lowercased() == "localhost" { return ["127.0.0.0/8", "::1/128"] }
        let text = host.filter { $0 != "[" && $0 != "]" }
        do throws(AddressBlockError) {
            return ["\(try AddressBlock(parsing: text))"]
        } catch {
            if case .hostBits(_, let network) = error { return ["\(network)"] }
            return nil
        }
    }

    private mutating func readFields(_ configuration: ConfigurationText, _ files: ImportFiles) {
        guard let parameter = configuration["OversignHeaders"] else { return }
        let fields = Dataset(parameter, reading: files)
        notes += fields.notes
        for entry in fields.entries where !Self.oversigned.contains(entry.key.lowercased()) {
            notes.append(
                ImportNote(
                    entry.place, .lost,
                    "OversignHeaders: \(entry.key) may be added to; protected are From, To, Cc, Subject, Date, Reply-To"
                ))
        }
    }
}
