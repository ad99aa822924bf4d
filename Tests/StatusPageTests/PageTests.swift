// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import StatusModel
import StatusPage
import Testing

@Suite struct `The page` {
    private let page = OverviewPage(Samples.facts).page(nonce: "n0nce")

    @Test func `says what is amiss in its heading, and shows each listing that is open`() {
        #expect(page.html.contains("<h1>Mail for 2 providers waits</h1>"))
        #expect(
            page.html.contains("It has refused our address for 5 h 10 min; mail is kept; the next probe is in 42 min."))
        #expect(page.html.contains("what waited is let out, 8 a minute."))
        #expect(page.html.contains(">1,284</td>"))
    }

    @Test func `says that mail flows where nothing is in its way`() {
        var facts = Samples.facts
        facts.listings.listings = []
        facts.rejections = []
        let page = OverviewPage(facts).page(nonce: "n")
        #expect(page.html.contains("<h1>Mail flows</h1>"))
        #expect(page.html.contains("Nothing was refused lately."))
        #expect(!page.html.contains("h-waiting"))
    }

    @Test func `says first that it is blind where the log tells nothing`() {
        var facts = Samples.facts
        facts.status.mailLog?.blindSince = Samples.ago(7)
        #expect(OverviewPage(facts).page(nonce: "n").html.contains("<h1>The mail log tells nothing</h1>"))
    }

    @Test func `draws a listing's time behind the bars and says it in words`() {
        #expect(page.html.contains("<rect class=\"band\" x=\"7"))
        #expect(page.html.contains("Listed from 24 Nov 10:50 UTC and still."))
    }

    @Test func `runs and applies nothing but what carries its nonce`() {
        #expect(page.policy.hasPrefix("default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce';"))
        #expect(page.policy.contains("frame-ancestors 'none'"))
        #expect(!page.html.contains(" style=\""))
        #expect(!page.html.contains("javascript:"))
        #expect(page.html.components(separatedBy: "<script").count == 2)
    }

    @Test func `loads nothing from elsewhere`() {
        var facts = Samples.facts
        facts.rejections = []
        let page = OverviewPage(facts).page(nonce: "n").html
        #expect(!page.contains("src="))
        #expect(!page.contains("url("))
        #expect(!page.contains("@import"))
    }

    @Test func `links a provider whose name is hostile to itself`() {
        var facts = Samples.facts
        facts.history?.providers[0].provider = "\"><script>"
        let page = OverviewPage(facts).page(nonce: "n").html
        #expect(page.contains("/listings/%22%3E%3Cscript%3E"))
        #expect(!page.contains("\"><script>"))
    }
}

@Suite(.serialized, .enabled(if: FileManager.default.isExecutableFile(atPath: Browser.path)))
struct `In a browser` {
    private static let pages = [
        OverviewPage(Samples.facts).page(nonce: "n").html,
        ListingPage(Samples.details, version: "postern 0.1.0", now: Samples.now).page(nonce: "n").html,
    ]

    @Test(arguments: pages, [Browser.Scheme.light, .dark])
    func `every picture and control has a name, every text its contrast`(html: String, scheme: Browser.Scheme) throws {
        for width in [1280, 500] {
            let document = try Browser.document(of: Audit.page(html), scheme: scheme, width: width)
            #expect(Audit.findings(in: document) == ["end"], "\(scheme) \(width)")
        }
    }

    /// POSTERN_PICTURE=packaging/pictures/page.png draws anew what the README shows.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["POSTERN_PICTURE"] != nil))
    func `is drawn for the README`() throws {
        let path = try #require(ProcessInfo.processInfo.environment["POSTERN_PICTURE"])
        try Browser.picture(of: Self.pages[0], to: path, scheme: .light, width: 1100, height: 1000)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func `a script in a reply stays text`() throws {
        let document = try Browser.document(of: Self.pages[0])
        #expect(document.contains("Mail for 2 providers waits · Postern</title>"))
        #expect(document.contains("&lt;script&gt;document.title='owned'&lt;/script&gt;"))
        #expect(!document.contains("<img"))
        #expect(document.components(separatedBy: "<script").count == 2)
    }
}
