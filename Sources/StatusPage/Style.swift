// SPDX-License-Identifier: Apache-2.0

/// The style sheet of the pages: quiet, dark where the reader's system is, and one column on a phone.
///
/// Text has a contrast of at least 4.5 to 1 on every ground it stands on (WCAG 2.2, 1.4.3), and lines and bars 3 to 1.
enum Style {
    static let sheet: HTML = """
        :root{--ground:#f6f5f2;--sheet:#fff;--ink:#1c2126;--soft:#565f69;--line:#d9d7d1;--link:#1f5687;\
        --sent:#4c7da8;--deferred:#b9770e;--bounced:#b0362c;--band:#b0362c26;--slow:#b9770e2b;\
        --good:#24693d;--bad:#a02c22;--goodground:#e7f2ea;--badground:#fbeae8;--focus:#1f5687}
        @media (prefers-color-scheme:dark){:root{--ground:#121619;--sheet:#1a2025;--ink:#e4e7ea;--soft:#a2acb6;\
        --line:#323b43;--link:#8ec1ee;--sent:#6fa3d0;--deferred:#dca141;--bounced:#e57368;--band:#e5736838;\
        --slow:#dca14138;--good:#7fcf9a;--bad:#ff9d93;--goodground:#17301f;--badground:#3a1d1a;--focus:#8ec1ee}}
        *{box-sizing:border-box}
        html{background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
        body{margin:0 auto;max-width:72rem;padding:0 1.25rem 2rem}
        a{color:var(--link);text-underline-offset:.15em}
        :focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
        main:focus{outline:none}
        .skip{position:absolute;left:-100rem;top:.5rem;background:var(--sheet);padding:.5rem 1rem;border-radius:6px}
        .skip:focus{left:1rem}
        header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding:1rem 0;border-bottom:1px solid var(--line)}
        .home{font-weight:650;font-size:1.1rem;color:var(--ink);text-decoration:none;letter-spacing:.01em}
        nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
        nav a{padding:.25rem 0;color:var(--soft);text-decoration:none;border-bottom:2px solid transparent}
        nav a:hover{color:var(--ink)}
        nav a[aria-current]{color:var(--ink);border-color:var(--link);font-weight:600}
        h1{font-size:1.6rem;line-height:1.25;margin:1.5rem 0 .25rem;font-weight:650;text-wrap:balance}
        h2{font-size:1.15rem;margin:0 0 .75rem;font-weight:650}
        h3{font-size:1rem;margin:0;font-weight:600;overflow-wrap:anywhere}
        p{margin:.25rem 0 .75rem}
        .soft,footer,caption,th{color:var(--soft)}
        section{background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.25rem;margin:1rem 0}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;background:var(--line);padding:0;overflow:hidden}
        .tiles>div{background:var(--sheet);padding:.9rem 1.1rem}
        .tiles dt{color:var(--soft);font-size:.875rem}
        .tiles dd{margin:0;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}
        .tiles dd small{display:block;font-size:.875rem;font-weight:400;color:var(--soft)}
        dl{margin:0}
        .facts{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem}
        .facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
        .badge{display:inline-block;font-size:.8125rem;font-weight:600;padding:.05rem .55rem;border-radius:1rem;background:var(--goodground);color:var(--good);white-space:nowrap}
        .badge.bad{background:var(--badground);color:var(--bad)}
        .note{background:var(--badground);border:1px solid var(--bad);border-radius:8px;padding:.6rem .9rem;margin:1rem 0}
        .rows{display:grid;gap:1rem 2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));list-style:none;margin:0;padding:0}
        .head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .75rem;align-items:baseline}
        .figures{font-size:.875rem;color:var(--soft);font-variant-numeric:tabular-nums}
        .chart{display:block;width:100%;height:4.25rem;margin-top:.25rem}
        .ends{display:flex;justify-content:space-between;font-size:.8125rem;color:var(--soft)}
        .sent{fill:var(--sent)}.deferred{fill:var(--deferred)}.bounced{fill:var(--bounced)}
        .band{fill:var(--band)}.band.slow{fill:var(--slow)}
        .axis{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
        .key{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 1rem;padding:0;list-style:none;font-size:.875rem}
        .key svg{width:.8rem;height:.8rem;margin-right:.4rem;vertical-align:-.05rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        caption{text-align:left;font-size:.875rem;padding-bottom:.5rem}
        th,td{text-align:left;padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
        tr:last-child>*{border-bottom:0}
        th{font-weight:600;font-size:.875rem}
        tbody th{color:var(--ink);font-size:1rem;overflow-wrap:anywhere}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .refusals{list-style:none;margin:0;padding:0}
        .refusals>li{padding:.85rem 0;border-bottom:1px solid var(--line)}
        .refusals>li:first-child{padding-top:0}.refusals>li:last-child{border:0;padding-bottom:0}
        blockquote,pre{margin:.4rem 0 0;padding:.5rem .8rem;border-left:3px solid var(--line);font:.875rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
        .timeline{margin:0;padding:0;list-style:none}.timeline li{margin:.35rem 0}
        footer{font-size:.875rem;margin-top:1.5rem}
        @media (max-width:40rem){body{padding:0 .8rem 1.5rem}section{padding:.9rem}h1{font-size:1.35rem}\
        .facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}th,td{padding-right:.6rem}\
        .tiles{grid-template-columns:1fr 1fr}.tiles>:last-child{grid-column:1/-1}}
        @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
        """
}
