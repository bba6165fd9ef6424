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

function place(name) {
  return `${PREFIX}${person}:${window.location.pathname}#${name}`;
}

export function keep(name, words) {
  if (!person) return;
  try { store()?.setItem(place(name), JSON.stringify(words)); } catch { /* full: the field still holds them */ }
}

export function kept(name) {
  if (!person) return null;
  try { return JSON.parse(store()?.getItem(place(name)) ?? "null"); } catch { return null; }
}

export function forget(name) {
  store()?.removeItem(place(name));
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
