// The script of the page: cards swapped in place, and leaving that leaves nothing.
// The token lives in this variable only: no cookie, no storage, no address.
"use strict";
(() => {
  const page = document.documentElement;
  const away = document.getElementById("leave").href;
  const field = document.querySelector("input[name=t]");
  const TAGS = new Set(("a aside audio bdi button dd div dl dt fieldset h1 h2 h3 input label legend"
    + " li p section span ul").split(" "));
  const NAMES = new Set(("aria-describedby aria-hidden autocomplete checked class controls data-alone"
    + " data-copy dir for form formnovalidate hidden href id inputmode lang maxlength name"
    + " preload rel role src tabindex type value").split(" "));
  const SAFE = /^(https:|tel:|sms:|mailto:|#|\/$)/;
  const PRESSES = 3, GAP = 5000;
  let token = field ? field.value : "";
  let turn = (document.querySelector("input[name=n]") || {}).value || "0";
  let busy = false;

  // ---- nothing is heard of what she does not see
  function hush() {
    for (const sound of document.querySelectorAll("audio")) sound.pause();
  }

  // ---- leaving: blank, then everything else
  function leave() {
    hush();
    document.title = "Notes";
    document.body.replaceChildren();
    if (token) navigator.sendBeacon("/exit", token);
    token = "";
    location.replace(away);
  }

  const pressed = { Shift: [], Escape: [] };
  addEventListener("keydown", (event) => {
    const times = pressed[event.key];
    if (!times) {
      pressed.Shift = [];
      pressed.Escape = [];
      return;
    }
    if (event.repeat) return;
    times.push(event.timeStamp);
    if (times.length < PRESSES) return;
    if (event.timeStamp - times[times.length - PRESSES] <= GAP) leave();
  }, true);
  document.getElementById("leave").addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  // ---- nothing comes back: not by Back, not in the list of open apps
  addEventListener("pagehide", () => {
    hush();
    document.body.replaceChildren();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace("/");
  });
  document.addEventListener("visibilitychange", () => {
    document.body.hidden = document.visibilityState === "hidden";
    if (document.body.hidden) hush();
  });

  // ---- cards
  function made(tree) {
    if (typeof tree === "string") return document.createTextNode(tree);
    const [tag, attributes, ...children] = tree;
    if (!TAGS.has(tag)) return document.createTextNode("");
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (!NAMES.has(name) || (name === "href" && !SAFE.test(value))
        || (name === "src" && !value.startsWith("/sound/"))) continue;
      element.setAttribute(name, value);
    }
    element.append(...children.map(made));
    return element;
  }

  function show(card, now) {
    if (card.leave) return leave();
    turn = now || "0";
    page.lang = card.lang;
    page.dir = card.dir;
    const [leaving, quickly] = document.querySelectorAll("#leave span");
    leaving.textContent = card.around.leave;
    quickly.textContent = card.around.quickly;
    document.getElementById("lost").textContent = card.around.lost;
    hush();
    const next = made(card.card);
    document.getElementById("card").replaceWith(next);
    const behind = document.getElementById("behind");
    if (behind && card.behind) behind.replaceWith(made(card.behind));
    ready();
    scrollTo(0, 0);
    // Harm prevented: what she asked for may stand above the question; it must not scroll away.
    (next.querySelector("h1") || next).focus({ preventScroll: true });
  }

  function ready() {
    for (const shown of document.querySelectorAll("[data-copy], .typing")) shown.hidden = false;
    for (const title of document.querySelectorAll("#card h1")) title.tabIndex = -1;
  }

  async function send(act) {
    if (busy || !token) return;
    busy = true;
    const urgent = setTimeout(() => { busy = false; }, 8000);
    try {
      const answer = await fetch("/", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Session": token },
        body: JSON.stringify({ ...act, n: turn }),
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
      if (answer.ok) show(await answer.json(), answer.headers.get("X-Turn"));
      else if (answer.status < 500 && answer.status !== 408 && answer.status !== 429) location.replace("/");
      else document.getElementById("lost").hidden = false;
    } catch {
      document.getElementById("lost").hidden = false;
    } finally {
      clearTimeout(urgent);
      busy = false;
    }
  }

  addEventListener("submit", (event) => {
    event.preventDefault();
    document.getElementById("lost").hidden = true;
    const fields = [...event.target.elements];
    const picks = fields.filter((box) => box.name === "pick" && box.checked);
    const said = fields.find((field) => field.name === "say");
    send({
      a: event.submitter ? event.submitter.value : said ? "say" : "",
      pick: picks.map((box) => box.value),
      say: said ? said.value : "",
    });
    if (said) said.value = "";
  });

  addEventListener("change", (event) => {
    const box = event.target;
    if (box.name !== "pick" || !box.checked) return;
    const alone = box.hasAttribute("data-alone");
    for (const other of document.getElementsByName("pick")) {
      if (other !== box && (alone || other.hasAttribute("data-alone"))) other.checked = false;
    }
  });

  addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) navigator.clipboard.writeText(button.dataset.copy).catch(() => {});
  });

  for (const hidden of document.querySelectorAll("input[type=hidden]")) hidden.remove();
  ready();
})();
