// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Settings
import Testing

@testable import Replies

private func gate(_ more: String = "", text: String = "550 the gate is shut") -> String {
    """
    [[rule]]
    name = "gate"
    phrases = ["gate is shut"]
    class = "ip-block"
    samples = [{ text = "\(text)", source = "here" }]
    \(more)
    """
}

@Suite struct `A rule file` {
    @Test func `describes every key that it knows`() {
        let description = ReplyRules.fileDescription
        #expect(description.sections.map(\.name) == ["providers", "rule", "remedy"])
        #expect(description.sections.flatMap(\.keys).allSatisfy { !$0.help.isEmpty })
        #expect(description.sections[1].keys.map(\.name).contains("tenant-worded"))
    }

    @Test func `of good rules is taken`() throws {
        let rules = try rules(gate("remedy = \"knock\"\nprovider = \"castle\"\n"))
        #expect(rules.reading(of: SMTPReply(code: 550, status: nil, text: "the GATE is shut")).isListing)
    }

    @Test(
        arguments: [
            ("remdy = \"knock\"", "rules.toml:6: rule[1].remdy: unknown key; did you mean \"remedy\"?"),
            ("anywhere = 3", "rules.toml:6: rule[1].anywhere: is an integer; it takes true or false"),
            (
                "codes = [\"55\"]",
                "rules.toml:6: rule[1].codes: \"55\" is none; it takes an array of SMTP codes such as \"550\" or \"5xx\""
            ),
            (
                "status = [\"5.7\"]",
                "rules.toml:6: rule[1].status: \"5.7\" is none; it takes an array of status codes such as \"5.7.1\" or "
                    + "\"5.7.606-649\""
            ),
            (
                "grade = \"precusor\"",
                "rules.toml:6: rule[1].grade: \"precusor\" is not one of \"unmistakable\", \"precursor\", \"supporting\", "
                    + "\"none\"; did you mean \"precursor\"?"
            ),
            ("unless = [\"Shut\"]", "rules.toml:6: rule[1].unless: element 1: \"Shut\" is not in lower case"),
            (
                "remedy = \"knok\"",
                "rules.toml: rule \"gate\": there is no remedy \"knok\"; did you mean \"knock\"?"
            ),
            (
                "provider = \"casle\"",
                "rules.toml: rule \"gate\": no host is known of provider \"casle\"; did you mean \"castle\"?"
            ),
        ])
    func `is refused with the line and, where it is near, the right word`(line: String, problem: String) {
        #expect(refusal(gate(line)) == [problem])
    }

    @Test func `with a pattern that does not compile is refused`() {
        #expect(
            refusal(gate("text = 'a(b'")).first?.hasPrefix(
                "rules.toml:6: rule[1].text: does not compile: missing closing")
                == true)
    }

    @Test func `with a pattern that explodes is refused`() {
        let problems = refusal(gate("text = 'shut|(a+)+$'"))
        #expect(
            problems == [
                "rules.toml: rule \"gate\": its pattern gives up on a long text such as \"aaaaaaaaaaaaaaaaaaaaaaaa…\""
            ])
    }

    @Test func `that is no TOML is refused with the parser's line`() {
        #expect(refusal("\n\nname = = 1").first?.hasPrefix("rules.toml:3: ") == true)
    }

    @Test func `with a rule that nothing proves is refused`() {
        let text = "[[rule]]\nname = \"gate\"\nphrases = [\"gate\"]\nclass = \"other\"\n"
        #expect(refusal(text) == ["rules.toml:2: rule[1].name: has no sample that proves it"])
    }

    @Test func `with a rule that would claim every reply is refused`() {
        let text = "[[rule]]\nname = \"any\"\nclass = \"other\"\nsamples = [{ text = \"x\", source = \"here\" }]\n"
        #expect(refusal(text).first?.contains("would claim every reply") == true)
    }

    @Test func `that names a rule twice is refused`() {
        #expect(refusal(gate() + "\n" + gate()).first == "rules.toml: rule \"gate\": stands already in rules.toml")
    }

    @Test func `with a host that is none is refused`() {
        let text = "[[providers]]\nname = \"castle\"\nhosts = [\"bücher.example\"]\n"
        #expect(
            refusal(text) == [
                "rules.toml:3: providers[1].hosts: element 1: \"bücher.example\" is no host name; write other letters as an A-label"
            ])
    }
}

@Suite struct `A sample` {
    private let wall = """

        [[rule]]
        name = "wall"
        phrases = ["shut"]
        class = "other"
        samples = [{ text = "550 the wall is shut", source = "here" }]
        """

    @Test func `that a rule of another class claims first is refused`() {
        let text = wall.replacing("550 the wall is shut", with: "550 the gate is shut")
        #expect(
            refusal(gate() + text) == [
                "rules.toml: rule \"wall\": sample \"550 the gate is shut…\" is claimed as ip-block by rule \"gate\""
            ])
    }

    @Test func `that a rule of the same class claims first tells that the rule is hidden`() {
        let text = wall.replacing("550 the wall is shut", with: "550 the gate is shut").replacing(
            "\"other\"", with: "\"ip-block\"")
        #expect(refusal(gate() + text).first?.contains("is hidden by rule \"gate\"") == true)
    }

    @Test func `that no rule claims is refused`() {
        #expect(refusal(gate(text: "550 open")).first?.contains("is claimed by no rule") == true)
    }

    @Test func `from a host that is not the provider's is refused`() {
        let text = gate("provider = \"castle\"").replacing("source =", with: "host = \"mx.example\", source =")
        #expect(refusal(text).first?.contains("host mx.example is not of the rule's provider") == true)
    }
}

@Suite struct `A site's own rules` {
    private let own = """
        [[rule]]
        name = "own"
        phrases = ["gate is"]
        class = "greylist"
        samples = [{ text = "550 the gate is green", source = "here" }]
        """
    private let reply = SMTPReply(code: 550, status: nil, text: "550 the gate is shut")

    @Test func `come first, and what they hide is told`() throws {
        let rules = try rules(gate(), site: own)
        #expect(rules.reading(of: reply).replyClass == .greylist)
        #expect(
            rules.notices.map(\.description) == [
                "rules.toml: rule \"gate\": sample \"550 the gate is shut…\" is claimed as greylist by rule \"own\""
            ])
    }

    @Test func `take the place of shipped rules of the same name`() throws {
        let rules = try rules(gate(), site: own.replacing("\"own\"", with: "\"gate\""))
        #expect(rules.rules.map(\.name) == ["gate"])
        #expect(rules.reading(of: reply).replyClass == .greylist)
        #expect(rules.notices.isEmpty)
    }

    @Test func `undergo the same checks`() {
        #expect(
            refusal(gate(), site: own.replacing("is green", with: "was green")).first?.hasPrefix(
                "site.toml: rule \"own\": ")
                == true)
    }

    @Test func `need not be there, the shipped ones must`() throws {
        #expect(
            try ReplyRules.load(shipped: shippedRulesDirectory, site: "/nowhere").rules.count == shipped.rules.count)
        #expect(throws: Problems.self) { try ReplyRules.load(shipped: "/nowhere", site: nil) }
    }
}
