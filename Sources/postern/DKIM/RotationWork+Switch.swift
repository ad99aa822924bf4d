// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import Foundation
internal import Glibc
internal import PosternCore
internal import PosternServer
internal import PostfixTools
internal import Settings
internal import StatusModel

extension RotationWork {
    /// Writes the new keys into the configuration: beside it, read as the daemon would read it, and only then in its place.
    func switchOver(to rotation: KeyRotation) throws {
        guard rotation.isInForce(.old, in: settings) else {
            throw Failure(
                description: "\(path) has other keys for \(rotation.domain) than when the rotation began: "
                    + "end it with --abandon, or put them back")
        }
        let pairs = rotation.steps.map { "\($0.newSelector), \($0.newFile)" }.joined(separator: "; ")
        let foreign = Failure(
            description:
                "\(path) says it in a way that is not understood here: write the new keys (\(pairs)) in the "
                + "place of the old ones by hand, reload, and run this again")
        let place = SafeFile(path)
        guard let changed = KeyEdit.text(try place.text(), of: rotation.domain, applying: rotation.steps) else {
            throw foreign
        }
        try place.replace(by: changed) {
            guard isMeant(try ConfigurationFile.value(of: $0, Configuration.loadWithoutRules), rotation) else {
                throw foreign
            }
        }
        try noteSwitch(of: rotation)
    }

    /// Remembers that the new keys sign, and tells until when the old records must stay.
    func noteSwitch(of rotation: KeyRotation) throws {
        var rotation = rotation
        // What Postfix has where nothing is configured, if it cannot be asked (postconf(5)).
        let lifetime = (try? PostfixParameters.read().queueLifetime) ?? .hours(5 * 24)
        let moment = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
        rotation.switched(at: moment, queueLifetime: lifetime)
        try place.write(rotation)
        print("\(rotation.domain): the new keys are in \(path)")
        guard case .draining(let until) = rotation.phase(at: moment) else { return }
        print("The old records must stay until \(Timestamp(until)); then run this again.")
    }

    /// Whether another configuration has the new keys for the domain, and for every other domain what it had.
    private func isMeant(_ after: Configuration, _ rotation: KeyRotation) -> Bool {
        func others(_ configuration: Configuration) -> [[String]] {
            configuration.domains.filter { $0.plan.name != rotation.domain }
                .flatMap { domain in domain.keys.map { [domain.plan.name, $0.key.selector, $0.file] } }
        }
        guard let domain = after.domains.first(where: { $0.plan.name == rotation.domain }) else { return false }
        return rotation.isInForce(.new, in: domain) && others(after) == others(configuration)
            && domain.plan == settings.plan
    }
}
