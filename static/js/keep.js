// Words that are not on the server yet, kept in this tab for one person alone.
// A signed-out page leaves them (the same person may come back); another person's page drops them.

const person = document.body.dataset.person || "";
const PREFIX = "words:";

function store() {
  try { return window.sessionStorage; } catch { return null; } // a browser may forbid it
}

function dropOthers() {
  const kept = store();
  if (!kept || !person) return;
  const strangers = Object.keys(kept).filter((key) => key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${person}:`));
  strangers.forEach((key) => kept.removeItem(key));
}

// Where: the page's own address, unless the same words are written at several.
function place(name, where = window.location.pathname) {
  return `${PREFIX}${person}:${where}#${name}`;
}

export function keep(name, words, where) {
  if (!person) return;
  try { store()?.setItem(place(name, where), JSON.stringify(words)); } catch { /* full: the field still holds them */ }
}

export function kept(name, where) {
  if (!person) return null;
  try { return JSON.parse(store()?.getItem(place(name, where)) ?? "null"); } catch { return null; }
}

export function forget(name, where) {
  store()?.removeItem(place(name, where));
}

// The names under which words are kept there.
export function names(where) {
  const start = place("", where);
  return Object.keys(store() ?? {}).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
}

// The fields somebody writes into: not tokens, files, or choices.
export function written(form) {
  const words = {};
  for (const field of form.elements) {
    const typed = field.matches("textarea, input[type=text], input[type=hidden][data-editor]");
    if (typed && field.name) words[field.name] = field.value;
  }
  return words;
}

export function putBack(form, words) {
  for (const [name, value] of Object.entries(words)) {
    const field = form.elements[name];
    if (!field || field.value === value) continue;
    field.value = value;
    field.dispatchEvent(new CustomEvent("words:restored", { bubbles: true }));
  }
}

// Once every script of the page has run: the editor's field may come from another one.
export function whenReady(start) {
  if (document.readyState === "complete") start();
  else document.addEventListener("DOMContentLoaded", start);
}

dropOthers();
