// A comment that is not sent yet stays in this tab, for the person who wrote it.
// The page after sending ends in #c-...: that is how we know it arrived.

import { keep, kept, forget, written, putBack, whenReady } from "./keep.js";

const WAIT = 300; // ms after the last key

function watch(form) {
  const name = `talk-${form.dataset.talk}`;
  const before = kept(name);
  let timer = 0;
  if (before?.sending && window.location.hash.startsWith("#c-")) forget(name);
  else if (before) putBack(form, before.words);

  const note = (sending = false) => {
    clearTimeout(timer);
    const words = written(form);
    if (Object.values(words).every((value) => !value.trim())) forget(name);
    else keep(name, { words, sending });
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(note, WAIT); };
  form.addEventListener("input", later);
  form.addEventListener("trix-change", later);
  form.addEventListener("submit", () => note(true));
  window.addEventListener("pagehide", () => { if (!form.dataset.sent) note(); });
}

whenReady(() => document.querySelectorAll("form[data-talk]").forEach(watch));
