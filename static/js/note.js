// A kind note: what is chosen is written into it, and every word can still be changed.
// What is typed for one thing, in one revision, stays in this tab until it was sent and its minute is over.

import { keep, kept, forget, names } from "./keep.js";

const ORDER = ["good", "change", "back"];

const WHERE = "/to-read"; // a thing is read there, and under its own address when something was missing
const TYPED = ["note", "reason", "suggest_old", "suggest", "good", "change", "back", "written"];
const WAIT = 300; // ms after the last key
const MINUTE = 60000;

const form = document.getElementById("decide");
const read = document.querySelector("[data-item]");
const name = form && read ? `${read.dataset.item}:${form.elements.revision.value}` : "";
const fields = form ? TYPED.map((one) => form.elements[one]).filter(Boolean) : [];

// What was sent and arrived is forgotten, once it cannot be undone any more.
const toast = document.querySelector("[data-undo]");
const decided = toast ? Date.now() - MINUTE + Number(toast.dataset.undo) * 1000 : 0;
names(WHERE).filter((one) => one !== name).forEach((one) => {
  const words = kept(one, WHERE);
  if (words?.arrived && Date.now() - words.sent > MINUTE) forget(one, WHERE);
  else if (words?.sent && decided > words.sent - 2000) keep(one, { ...words, arrived: true }, WHERE);
});

if (form && read) {
  const before = kept(name, WHERE);
  // What was sent and came back is on the page already; what was typed since then is only here.
  if (before && !(before.sent && fields.some((field) => field.value.trim()))) {
    fields.forEach((field) => { field.value = before.words[field.name] ?? ""; });
    const suggested = document.getElementById("f-suggest_old")?.closest("details");
    if (suggested && (before.words.suggest_old || before.words.suggest)) suggested.open = true;
  }
  let timer = 0, sent = 0;
  const note = () => {
    clearTimeout(timer);
    const words = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    if (Object.values(words).some((value) => value.trim())) keep(name, { words, sent }, WHERE);
    else forget(name, WHERE);
  };
  fields.forEach((field) => field.addEventListener("input", () => { sent = 0; clearTimeout(timer); timer = setTimeout(note, WAIT); }));
  form.addEventListener("submit", () => { sent = Date.now(); note(); });
  window.addEventListener("pagehide", note);
}

document.querySelectorAll("[data-kind-note]").forEach((card) => {
  const field = card.querySelector("textarea");
  const written = card.querySelector("[data-written]");
  const choices = [...card.querySelectorAll("select[data-part]")];
  const words = (choice) => choice.selectedOptions[0]?.dataset.words || "";
  const last = Object.fromEntries(choices.map((choice) => [choice.dataset.part, written.value ? words(choice) : ""]));
  const tidy = (note) => note.replace(/ {2,}/g, " ").trim();

  function put(part, said) {
    const note = field.value;
    const before = last[part];
    last[part] = said;
    if (before && note.includes(before)) return tidy(note.replace(before, () => said));
    if (!said || note.includes(said)) return note;
    if (part === "good") return tidy(`${said} ${note}`);
    const next = part === "change" ? last.back : "";
    return next && note.includes(next) ? tidy(note.replace(next, () => `${said} ${next}`)) : tidy(`${note} ${said}`);
  }

  function write(choice) {
    field.value = put(choice.dataset.part, words(choice));
    // From here on the note is as it stands: a sentence that was struck out is not put in again.
    written.value = "yes";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What was chosen before there was a note (another page came back) goes in, part by part.
  if (!written.value) choices.sort((a, b) => ORDER.indexOf(a.dataset.part) - ORDER.indexOf(b.dataset.part))
    .filter((choice) => choice.value).forEach(write);
  choices.forEach((choice) => choice.addEventListener("change", () => write(choice)));
});
