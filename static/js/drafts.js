// A draft saves itself. The server answers what it saved, who would see it, and the next version;
// if another tab saved later it says so (409) and nothing is overwritten.

import { keep, kept, forget, written, putBack, whenReady } from "./keep.js";
import { redraw } from "./strip.js";

const TYPING = 1500; // ms after the last key
const CHOOSING = 250; // ms after a door, a tick or a select
const AGAIN = 10000; // ms after a failure
const KEEPALIVE_MAX = 60000; // bytes a browser still sends while a page closes

function watch(form) {
  const version = form.elements.version;
  const line = form.querySelector("[data-saved]");
  const name = "draft";
  let timer = 0, going = null, changed = false, stopped = false;

  const say = (words) => { if (line && words) line.textContent = words; };
  const later = (wait) => { changed = true; if (stopped) return; clearTimeout(timer); timer = setTimeout(save, wait); };

  function parcel() {
    const data = new FormData(form);
    for (const [key, value] of [...data]) if (value instanceof File) data.delete(key);
    return data;
  }

  async function save(closing = false) {
    clearTimeout(timer);
    if (stopped || !changed) return;
    if (going) { later(CHOOSING); return; }
    changed = false;
    const data = parcel();
    keep(name, { version: version.value, words: written(form) });
    say(form.dataset.saySaving);
    form.querySelector("[data-strip]")?.setAttribute("aria-busy", "true");
    going = send(data, closing);
    await going;
    going = null;
    form.querySelector("[data-strip]")?.removeAttribute("aria-busy");
  }

  async function send(data, closing) {
    let answer;
    try {
      const size = [...data.values()].reduce((sum, value) => sum + value.length * 3 + 200, 0);
      answer = await fetch(form.dataset.save, { method: "POST", body: data, headers: { "X-Fragment": "1" },
        keepalive: closing === true && size < KEEPALIVE_MAX, redirect: "manual" });
    } catch { say(form.dataset.sayOffline); later(AGAIN); return; }
    if (answer.status === 401 || answer.type === "opaqueredirect") { changed = true; say(form.dataset.saySignedOut); return; }
    const told = await answer.json().catch(() => null);
    if (answer.status === 409) { conflict(told); return; }
    if (!answer.ok || !told) { say(told?.message || form.dataset.sayOffline); later(AGAIN); return; }
    version.value = told.version;
    if (!changed) forget(name);
    say(told.problems?.length ? told.problems[0].say : told.saved_at_words);
    redraw(form, told.strip_html);
  }

  function conflict(told) {
    stopped = true;
    say(form.dataset.sayUnsaved);
    const place = form.querySelector("[data-conflict]");
    if (place && told) { place.innerHTML = told.message_html; place.scrollIntoView({ block: "center" }); }
  }

  form.addEventListener("input", (event) => later(event.target.matches("textarea, input[type=text], trix-editor") ? TYPING : CHOOSING));
  form.addEventListener("change", () => later(CHOOSING));
  form.addEventListener("keydown", onward);
  form.addEventListener("trix-change", () => later(TYPING));
  form.addEventListener("words:restored", () => later(TYPING));
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keep(name, { version: version.value, words: written(form) });
    if (!going) { stopped = true; return; }
    event.preventDefault(); // a save under way will change the version: wait for it, then send
    const button = event.submitter;
    going.then(() => { if (!form.querySelector("[data-conflict]")?.textContent.trim()) form.requestSubmit(button); });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !changed) return;
    keep(name, { version: version.value, words: written(form) });
    save(true);
  });
  window.addEventListener("online", () => save());
  window.addEventListener("pageshow", (event) => { if (event.persisted) stopped = false; });

  const before = kept(name);
  if (before && before.version === version.value) putBack(form, before.words);
  else if (before) forget(name);
}

// Enter in a line goes on to the next field: the draft saves itself, so there is nothing to send.
function onward(event) {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input[type=text]")) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll("input[type=text], textarea")].filter((one) => one.checkVisibility());
  fields[fields.indexOf(event.target) + 1]?.focus();
}

whenReady(() => document.querySelectorAll("form[data-save]").forEach(watch));
