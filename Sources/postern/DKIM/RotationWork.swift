// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import Deliverability
internal import Foundation
internal import Glibc
internal import PosternCore
internal import PosternServer
internal import PostfixTools
internal import Resolving
internal import Settings
internal import StatusModel

/// The steps of one domain's rotation; each can be cut short at any moment and is taken up again by the next run.
struct RotationWork {
    /// Why a step cannot be taken.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let configuration: Configuration
    let settings: DomainSettings
    /// The configuration file.
    let path: String
    let place: RotationFile
    let directory: String
    let ignoresSilence: Bool
    let now: Moment

    /// How long between two looks at the DNS while records are waited for.
    private static let pause = Duration.seconds(30)

    init(of domain: String, _ configuration: Configuration, path: String, ignoresSilence: Bool, at now: Moment) throws {
        let name = domain.lowercased()
        guard let settings = configuration.domains.first(where: { $0.plan.name == name }) else {
            throw Failure(description: "\(path) has no domain \(name); postern dkim list tells which there are")
        }
        guard let directory = Self.directory(of: settings) else {
            throw Failure(description: "\(name) has no keys")
        }
        self.configuration = configuration
        self.settings = settings
        self.path = path
        self.directory = directory
        self.ignoresSilence = ignoresSilence
        self.now = now
        place = RotationFile(of: name, in: directory)
    }

    /// The directory of a domain's first key.
    static func directory(of settings: DomainSettings) -> String? {
        guard let file = settings.keys.first?.file, let slash = file.lastIndex(of: "/") else { return nil }
        return String(file[..<slash])
    }

    /// Takes the next step, and all that can be taken.
    func advance(waiting patience: Duration, reload: () async throws -> ActionReport) async throws {
        var rotation = try place.read()
        if rotation == nil { rotation = try await begin() }
        guard let rotation else { return }
        if rotation.retireAt == nil, rotation.isInForce(.new, in: settings) {
            // The last run was cut short between the switch and its note.
            try noteSwitch(of: rotation)
            return try await takeUp(reload)
        }
        switch rotation.phase(at: now) {
        case .publishing:
            try await awaitPublication(of: rotation, patience)
            try switchOver(to: rotation)
            try await takeUp(reload)
        case .draining(let until):
            try await takeUp(reload)
            print("\(rotation.domain): the new keys sign. The old records must stay until \(Timestamp(until)):")
            for step in rotation.steps { print("  \(step.oldSelector)._domainkey.\(rotation.domain)") }
        case .retiring:
            try await takeUp(reload)
            print("\(rotation.domain): no mail needs the old keys any more. Remove these records:")
            for step in rotation.steps { print("  \(step.oldSelector)._domainkey.\(rotation.domain)") }
            print("then: postern dkim rotate \(rotation.domain) --retired")
            throw ExitStatus.finding
        }
    }

    /// Has the daemon read the configuration; each run does, for the last may not have come so far.
    private func takeUp(_ reload: () async throws -> ActionReport) async throws {
        let report = try await reload()
        print(Terminal.harmless(report.message))
        guard report.applied else {
            throw Failure(
                description: "the daemon has not read the new keys and signs with the old ones: run this again")
        }
    }

    /// Deletes what was made, before it is used.
    func abandon() throws {
        guard let rotation = try place.read() else { throw Failure(description: "no keys of it are being rotated") }
        guard rotation.retireAt == nil, !rotation.isInForce(.new, in: settings) else {
            throw Failure(description: "the new keys sign already; rotate once more instead")
        }
        try place.remove()
        for step in rotation.steps { unlink(step.newFile) }
        print("\(rotation.domain): the new keys are deleted; remove their records, where they are published")
    }

    /// Ends the rotation, if the old records are gone.
    func retire() async throws {
        guard let rotation = try place.read() else { throw Failure(description: "no keys of it are being rotated") }
        switch rotation.phase(at: now) {
        case .publishing: throw Failure(description: "the old keys sign still")
        case .draining(let until):
            throw Failure(description: "mail on its way may need the old records until \(Timestamp(until))")
        case .retiring: break
        }
        guard rotation.isInForce(.new, in: settings) else {
            throw Failure(description: "\(path) has the old keys again; the new ones must sign before the old ones go")
        }
        let survey = try await survey(rotation, .old)
        guard survey.isGone(ignoringSilence: ignoresSilence) else {
            show(survey)
            throw Failure(description: "the old records are not gone everywhere")
        }
        try place.remove()
        // Several domains may share a key.
        let inUse = Set(configuration.domains.flatMap(\.keys).map(\.file))
        for step in rotation.steps where !inUse.contains(step.oldFile) { unlink(step.oldFile) }
        print("\(rotation.domain): the rotation is done, the old key files are deleted")
    }

    // MARK: Steps

    private func begin() async throws -> KeyRotation {
        let resolver = Resolver()
        var made: [(file: String, key: SigningKey)] = []
        var steps: [KeyRotation.Step] = []
        for old in settings.keys {
            let taken = settings.keys.map(\.key.selector) + steps.map(\.newSelector)
            let selector = try await freeSelector(after: old.key.selector, taken: taken, resolver)
            let file = "\(directory)/\(settings.plan.name).\(selector).pem"
            let key = try SigningKey(domain: settings.plan.name, selector: selector, generating: kind(of: old.key))
            try key.prove()
            made.append((file, key))
            steps.append(
                KeyRotation.Step(
                    oldSelector: old.key.selector, oldFile: old.file, newSelector: selector, newFile: file))
        }
        await resolver.close()
        let rotation = KeyRotation(domain: settings.plan.name, steps: steps, madeAt: now)
        do {
            try KeyStore.write(made, group: configuration.signing.keyGroup)
        } catch {
            throw Failure(description: "\(error)")
        }
        do {
            try place.write(rotation)
        } catch {
            for (file, _) in made { unlink(file) }
            throw error
        }
        print("\(rotation.domain): new keys are made. Publish these records beside the old ones, and run this again:\n")
        for (_, key) in made { print(key.zoneFileRecord + "\n") }
        for (_, key) in made { print("\(key.dnsName)\n    \(key.dnsRecord)\n") }
        return rotation
    }

    private func kind(of key: SigningKey) -> SigningKeyKind {
        switch (key.algorithm, key.bits) {
        case (.ed25519SHA256, _): .ed25519
        case (.rsaSHA256, 4096): .rsa4096
        case (.rsaSHA256, 3072): .rsa3072
        case (.rsaSHA256, _): .rsa2048
        }
    }

    /// A selector that no key, no file and no record has: mail with a signature of that name may still be about.
    private func freeSelector(after selector: String, taken: [String], _ resolver: Resolver) async throws -> String {
        var taken = Set(taken)
        for _ in 0..<20 {
            let next = SelectorSuccession.next(after: selector) { candidate in
                taken.contains(candidate)
                    || access("\(directory)/\(settings.plan.name).\(candidate).pem", F_OK) == 0
            }
            guard let next else { break }
            guard case .found = await resolver.texts(of: "\(next)._domainkey.\(settings.plan.name)") else {
                return next
            }
            taken.insert(next)
        }
        throw Failure(description: "no free selector was found after \(selector)")
    }

    private func awaitPublication(of rotation: KeyRotation, _ patience: Duration) async throws {
        let deadline = ContinuousClock.now + patience
        while true {
            let survey = try await survey(rotation, .new)
            if survey.isPublished(ignoringSilence: ignoresSilence) { return }
            guard ContinuousClock.now + Self.pause < deadline else {
                show(survey)
                print("The records are not to be seen everywhere yet; the old keys sign on.")
                throw ExitStatus.finding
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    private func survey(_ rotation: KeyRotation, _ side: KeyRotation.Side) async throws -> PublicationSurvey {
        let records: [KeyRecord]
        do {
            records = try rotation.keys(side, for: configuration.signing).map { KeyRecord(of: $0) }
        } catch {
            throw Failure(description: "\(error)")
        }
        // A new one each time, for it remembers for a minute that there was nothing.
        let resolver = Resolver()
        let survey = await PublicationSurvey(of: records, by: resolver)
        await resolver.close()
        return survey
    }

    private func show(_ survey: PublicationSurvey) {
        let rows = survey.observations.map { observation in
            let words =
                switch observation.state {
                case .published: "has it"
                case .unpublished(let reason): reason
                case .unknown(let reason): "not known: \(reason)"
                }
            return [observation.server, observation.selector, words]
        }
        print(Table(["asked", "selector", "says"], rows))
    }
}
