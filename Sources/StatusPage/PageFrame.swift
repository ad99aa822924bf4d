// SPDX-License-Identifier: Apache-2.0

/// What every page has: its head, its landmarks and its policy of what may be loaded.
public struct PageFrame: Sendable {
    /// A page ready to be sent.
    public struct Page: Sendable {
        /// The HTML document.
        public let html: String
        /// The value of its `Content-Security-Policy` field: only what carries this page's own nonce is run or applied.
        public let policy: String
    }

    /// The page's title, after the host's own.
    let title: String
    /// Links of this page beside the way home.
    var navigation: HTML = .none
    /// What stands in `<main>`.
    let main: HTML
    /// Name and version of the program.
    let version: String

    /// The whole page; `nonce` must be new and unguessable for each.
    func page(nonce: String) -> Page {
        let markup: HTML = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>\(title) · Postern</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
            <style nonce="\(nonce)">\(Style.sheet)</style></head>
            <body><a class="skip" href="#main">Skip to the content</a>
            <header><a class="home" href="/">Postern</a><nav aria-label="Pages">\(navigation)</nav></header>
            <main id="main" tabindex="-1">\(main)</main>
            <footer><p>\(version) · times in UTC · <a href="/v1">JSON</a> · <a href="/metrics">metrics</a>
            <span id="live" role="status"></span></p></footer>
            <script nonce="\(nonce)">\(Script.live)</script></body></html>
            """
        return Page(
            html: markup.source,
            policy: "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; connect-src 'self'; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    }
}
