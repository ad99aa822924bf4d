// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// Microsoft lists our address: what it said is read, kept and explained.
struct ListingScene {
    private static let block =
        "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
        + "since part of their network is on our block list (S3150)."

    let stage: Stage
    let lab: Lab
    let postern: Postern

    func play() async throws {
        stage.scene("Microsoft lists our address; Bob writes to Hotmail")
        try lab.mx.script("microsoft-consumer", .refusing(Self.block, at: .mailFrom))
        try await lab.submit(
            Letter.text(from: "bob@lab.example", to: "dora@hotmail.com", "holidays"), from: "bob@lab.example",
            to: ["dora@hotmail.com"], login: .bob)
        let status = try await postern.status { $0.contains(#""ip-block":1"#) }
        stage.check(
            "Postern read it in Postfix's log as a listing of our address", status.contains("microsoft-consumer"))
        stage.say("postern explain '\(Self.block.prefix(40))…'")
        stage.show(try await postern.command("explain", Self.block).text)
    }
}
