// SPDX-License-Identifier: Apache-2.0

/// The one script of the pages: it fetches the page anew while figures change, and puts its content in place.
///
/// Without it, or where it may not run, a page shows what held when it was loaded.
enum Script {
    static let live: HTML = """
        (() => {
          "use strict";
          const live = document.getElementById("live");
          let busy = false, last = 0;
          const say = text => { if (live.textContent !== text) live.textContent = text; };
          const refresh = async () => {
            if (busy || document.hidden || Date.now() - last < 4000) return;
            busy = true;
            try {
              const answer = await fetch(location.href, {headers: {"Accept": "text/html"}});
              if (!answer.ok) throw new Error(answer.status);
              const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
              const main = document.getElementById("main"), next = fresh.getElementById("main");
              if (next && main.innerHTML !== next.innerHTML) {
                const open = [...main.querySelectorAll("details")].map(d => d.open);
                const held = document.activeElement && document.activeElement.id;
                const inside = main.contains(document.activeElement);
                main.replaceChildren(...next.childNodes);
                main.querySelectorAll("details").forEach((d, i) => { if (open[i]) d.open = true; });
                if (inside && held) { const again = document.getElementById(held); if (again) again.focus({preventScroll: true}); }
              }
              document.title = fresh.title;
              say("· live");
              last = Date.now();
            } catch (error) { say("· the daemon does not answer"); }
            busy = false;
          };
          const events = new EventSource("/v1/events/stream");
          events.addEventListener("tick", refresh);
          for (const kind of ["listing-opened", "listing-changed", "listing-closed", "probe", "alert", "manual", "reloaded"])
            events.addEventListener(kind, () => { last = 0; refresh(); });
          events.onerror = () => say("· the daemon does not answer");
        })();
        """
}
