// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import StatusModel

/// What was refused lately, and what that means.
struct RefusalsSection {
    let rejections: [RejectionReport]
    let now: Moment
    var title = "Recent refusals"

    var markup: HTML {
        let items: [HTML] = rejections.map { item($0) }
        let content: HTML =
            items.isEmpty
            ? "<p class=\"soft\">Nothing was refused lately.</p>" : "<ol class=\"refusals\">\(items)</ol>"
        return "<section aria-labelledby=\"h-refusals\"><h2 id=\"h-refusals\">\(title)</h2>\(content)</section>"
    }

    private func item(_ kind: RejectionReport) -> HTML {
        let code = kind.code.map { " · \($0)" } ?? ""
        let sender = kind.sender.map { " · from \($0)" } ?? ""
        return """
            <li><div class="head"><h3>\(kind.provider ?? kind.recipientDomain) · \(kind.replyClass)\(code)</h3>\
            <span class="figures">\(Wording.count(kind.count))×, last \(Wording.ago(kind.last, at: now))</span></div>\
            <p>\(RefusalMeaning.text(of: kind.replyClass)) <span class="soft">\(kind.outcome.capitalizedFirst)\(sender).</span>\
            </p><blockquote>\(kind.sample)</blockquote></li>
            """
    }
}
