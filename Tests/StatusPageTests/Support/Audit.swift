// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A script that looks at a page as a reader with other senses or other hands does, and writes what is amiss.
///
/// Contrast by WCAG 2.2, 1.4.3; names by what a screen reader would say; order of headings; landmarks; what can be
/// reached by the Tab key; nothing that is wider than the window.
enum Audit {
    /// The page with the audit at its end; its findings stand in an element of the id `audit`, a line each.
    static func page(_ html: String) -> String {
        html.replacing("</body>", with: "<script>\(script)</script></body>")
    }

    /// The findings in a document that was loaded.
    static func findings(in document: String) -> [String]? {
        guard let start = document.range(of: "<pre id=\"audit\">"),
            let end = document.range(of: "</pre>", range: start.upperBound..<document.endIndex)
        else { return nil }
        return document[start.upperBound..<end.lowerBound].split(separator: "\n").map(String.init)
    }

    private static let script = """
        (() => {
          const found = [];
          const visible = e => { const r = e.getBoundingClientRect(), s = getComputedStyle(e); return r.width > 0 && r.height > 0 && s.visibility !== "hidden"; };
          const colour = text => { const m = text.match(/[\\d.]+/g).map(Number); return {r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1}; };
          const over = (top, base) => ({r: top.r * top.a + base.r * (1 - top.a), g: top.g * top.a + base.g * (1 - top.a), b: top.b * top.a + base.b * (1 - top.a), a: 1});
          const ground = e => { const above = []; for (let n = e; n; n = n.parentElement) { const c = colour(getComputedStyle(n).backgroundColor); above.push(c); if (c.a === 1) break; }
            return above.reverse().reduce((base, c) => over(c, base), {r: 255, g: 255, b: 255, a: 1}); };
          const light = c => { const f = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b); };
          const contrast = (a, b) => { const x = light(a), y = light(b); return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
          for (const e of document.body.querySelectorAll("*")) {
            if (e.closest("svg,script,style") || !visible(e)) continue;
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
            const base = ground(e), ratio = contrast(over(colour(getComputedStyle(e).color), base), base);
            if (ratio < 4.5) found.push("contrast " + ratio.toFixed(2) + ": " + e.textContent.trim().slice(0, 40));
          }
          for (const e of document.querySelectorAll("svg rect, svg path")) {
            if (e.classList.contains("band") || e.classList.contains("axis")) continue;
            const base = ground(e.closest("section")), ratio = contrast(colour(getComputedStyle(e).fill), base);
            if (ratio < 3) found.push("bars " + e.getAttribute("class") + " " + ratio.toFixed(2));
          }
          for (const e of document.querySelectorAll("svg, img")) {
            if (e.getAttribute("aria-hidden") === "true") continue;
            if (e.getAttribute("role") !== "img" || !(e.getAttribute("aria-label") || "").trim()) found.push("unnamed picture");
          }
          for (const e of document.querySelectorAll("a, button, input, select, summary"))
            if (!(e.textContent.trim() || e.getAttribute("aria-label"))) found.push("unnamed control: " + e.outerHTML.slice(0, 60));
          for (const e of document.querySelectorAll("a, button")) if (e.tabIndex < 0) found.push("not reached by Tab: " + e.textContent);
          let level = 0;
          for (const h of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) { const n = Number(h.tagName[1]); if (n > level + 1) found.push("heading skips: " + h.textContent); level = n; }
          for (const tag of ["header", "main", "nav", "footer", "h1"]) if (document.querySelectorAll(tag).length !== 1) found.push("not one " + tag);
          for (const e of document.querySelectorAll("th")) if (!e.scope) found.push("th without scope");
          for (const e of document.querySelectorAll("section")) { const by = e.getAttribute("aria-labelledby"); if (!(e.getAttribute("aria-label") || (by && document.getElementById(by)))) found.push("unnamed section"); }
          const ids = [...document.querySelectorAll("[id]")].map(e => e.id); if (new Set(ids).size !== ids.length) found.push("an id stands twice");
          if (document.documentElement.scrollWidth > window.innerWidth) found.push("wider than the window: " + document.documentElement.scrollWidth);
          if (!document.documentElement.lang) found.push("no language");
          const out = document.createElement("pre"); out.id = "audit"; out.textContent = found.join("\\n") + "\\nend"; document.body.append(out);
        })();
        """
}
