// A portfolio that is being made: the piece of the page that says how far it has come is asked for again and again.
// Without scripts, a link on the page does the same. It stops when there is nothing more to wait for.

const SOON = 2000;
const LATEST = 15000;

const piece = () => document.querySelector("[data-made]");
const told = document.querySelector("[data-made-told]");
let pause = SOON;

async function look() {
  const here = piece();
  if (!here?.dataset.made) return;
  let answer;
  try {
    answer = await fetch(here.dataset.made, { headers: { "X-Fragment": "1" } });
  } catch {
    return again(); // the line is down: it goes on being made meanwhile
  }
  if (answer.status >= 500) return again();
  if (!answer.ok || answer.redirected) return;
  put(here, await answer.text());
  again();
}

function put(here, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.querySelector("[data-made]");
  if (!next) return;
  const had = here.contains(document.activeElement);
  // What changes for whoever waits is read out; each step of the way is not.
  if (next.dataset.state !== here.dataset.state) {
    if (told) told.textContent = next.querySelector("[data-made-say]")?.textContent ?? "";
    here.replaceWith(next);
    if (had) next.querySelector("a, button")?.focus();
    pause = SOON;
    return;
  }
  const [bar, nextBar] = [here, next].map((one) => one.querySelector("progress"));
  const [far, nextFar] = [here, next].map((one) => one.querySelector("[data-made-far]"));
  if (bar && nextBar) {
    if (nextBar.hasAttribute("value")) { bar.max = nextBar.max; bar.value = nextBar.value; }
    bar.textContent = nextBar.textContent;
  }
  if (far && nextFar) far.textContent = nextFar.textContent;
}

function again() {
  if (!piece()?.dataset.made) return;
  setTimeout(look, pause);
  pause = Math.min(pause * 1.25, LATEST);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) pause = SOON; });

again();
