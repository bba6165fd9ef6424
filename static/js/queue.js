// To read: single keys decide (not while somebody writes), and the offer to undo goes when its minute is over.

const WRITING = "input, textarea, select, [contenteditable], trix-editor";
const NEEDS = { b: "f-note", h: "f-reason", s: "f-reason" };

const dialog = document.getElementById("keys");
const shown = document.querySelector("[data-keys]");

function press(key) {
  if (key === "?") { dialog?.showModal(); return true; }
  if (key === "e") return write("f-note");
  const there = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!there) return false;
  there.click();
  return true;
}

// What an answer still needs is asked for here, in the words of the next page.
document.getElementById("decide")?.addEventListener("click", (event) => {
  const field = document.getElementById(NEEDS[event.target.closest("button[data-key]")?.dataset.key]);
  if (!field || field.value.trim()) return;
  event.preventDefault();
  say(field);
  write(field.id);
});

function say(field) {
  const needed = document.querySelector(`template[data-needed="${field.name}"]`);
  if (!needed || field.getAttribute("aria-invalid")) return;
  const line = needed.content.firstElementChild.cloneNode(true);
  const described = field.getAttribute("aria-describedby");
  const whole = field.closest(".field");
  whole.append(line);
  whole.classList.add("is-wrong");
  field.setAttribute("aria-describedby", `${described ?? ""} ${line.id}`.trim());
  field.setAttribute("aria-invalid", "true");
  field.addEventListener("input", () => {
    line.remove();
    whole.classList.remove("is-wrong");
    field.setAttribute("aria-describedby", described ?? "");
    field.removeAttribute("aria-invalid");
  }, { once: true });
}

function write(id) {
  const field = document.getElementById(id);
  if (!field) return false;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (shown?.dataset.keys !== "on" || event.defaultPrevented || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.(WRITING)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (press(event.key.toLowerCase())) event.preventDefault();
});

shown?.addEventListener("click", (event) => {
  if (!dialog || shown.dataset.keys !== "on") return;
  event.preventDefault();
  dialog.showModal();
});

const undo = document.querySelector("[data-undo]");
if (undo) setTimeout(() => { if (!undo.contains(document.activeElement)) undo.remove(); }, Number(undo.dataset.undo) * 1000);

// What another moderator decides shows within seconds. Nothing is asked while the page is hidden.
const OFTEN = 5000;
const list = document.querySelector("[data-news]");
const read = document.querySelector("[data-item]");
let known = "";

async function ask() {
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch(list.dataset.news, { headers: { "X-Fragment": "1", ...(known && { "If-None-Match": known }) } });
  } catch {
    return; // the line is down: the next time will do
  }
  if (answer.status !== 200 || answer.redirected) return;
  const first = !known;
  known = answer.headers.get("ETag") || "";
  tell(answer.headers.get("X-Revision"));
  if (first) return; // this is what the page shows already
  put(await answer.text());
}

function tell(revision) {
  if (!read) return;
  const mine = document.querySelector("#decide input[name=revision]").value;
  const what = revision ? (revision === mine ? "" : "changed") : "gone";
  read.querySelectorAll("[data-when]").forEach((one) => { one.hidden = one.dataset.when !== what; });
  const told = list.querySelector("[data-news-told]");
  const words = what ? read.querySelector(`[data-when="${what}"] .note__title`).textContent : "";
  if (told && told.textContent !== words) told.textContent = words;
}

function put(html) {
  const next = new DOMParser().parseFromString(html, "text/html").querySelector("[data-queue]");
  const here = list.querySelector("[data-queue]");
  if (!next || !here) return;
  const focus = here.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const place = here.scrollLeft;
  here.replaceChildren(...next.children);
  here.scrollLeft = place;
  if (focus) [...here.querySelectorAll("a")].find((one) => one.getAttribute("href") === focus)?.focus();
}

// On a phone the list is a strip: what is read stands at its beginning.
function showCurrent() {
  const strip = list.querySelector("[data-queue]");
  const row = strip?.querySelector("[aria-current]")?.closest("li");
  if (!row || strip.scrollWidth <= strip.clientWidth) return;
  const [here, there] = [row.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollBy({ left: document.dir === "rtl" ? here.right - there.right : here.left - there.left, behavior: "instant" });
}

if (list) {
  showCurrent();
  setInterval(ask, OFTEN);
  document.addEventListener("visibilitychange", ask);
  ask();
}

// A picture is enlarged over the page; without scripts its link opens it.
read?.addEventListener("click", (event) => {
  const link = event.target.closest(".photo__open");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const large = document.createElement("dialog");
  large.className = "dialog dialog--picture";
  const picture = document.createElement("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? "";
  const close = document.querySelector("#keys form button").cloneNode(true);
  close.type = "button";
  large.append(picture, close);
  document.body.append(large);
  large.addEventListener("click", () => large.close());
  large.addEventListener("close", () => { large.remove(); link.focus(); });
  large.showModal();
});
