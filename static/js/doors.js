// Doors and the people behind them. Who is picked finds the door "People I pick" open, and shutting it lets the ticks go.
// Where nothing saves itself (data-who names the button that asks), who will see it is asked for at each change.

import { redraw } from "./strip.js";
import { whenReady } from "./keep.js";

const CHOOSING = 250; // ms after a door, a tick or a select

function pair(form) {
  const door = form.querySelector("#aud-picked");
  const people = [...form.querySelectorAll("input[name=picked]")];
  if (!door || !people.length) return;
  form.addEventListener("change", (event) => {
    if (people.includes(event.target) && event.target.checked && !door.disabled) door.checked = true;
    if (event.target !== door) return;
    if (!door.checked) people.forEach((one) => { one.checked = false; });
    else people[0].closest("details").open = true;
  });
}

function ask(form) {
  let timer = 0, asked = 0;
  async function now() {
    const mine = ++asked;
    const data = new FormData(form);
    data.set("do", form.dataset.who);
    const strip = form.querySelector("[data-strip]");
    strip.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      const html = answer.ok ? await answer.text() : "";
      if (!html || mine !== asked) return;
      redraw(form, html);
      strip.removeAttribute("aria-busy");
    } catch { /* offline: it stays busy, for what it says is of before */ }
  }
  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(now, CHOOSING); });
}

whenReady(() => {
  document.querySelectorAll("form.composer").forEach(pair);
  document.querySelectorAll("form[data-who]").forEach(ask);
});
