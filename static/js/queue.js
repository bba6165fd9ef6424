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
  const field = document.getElementById(NEEDS[key]);
  if (field && !field.value.trim()) return write(field.id); // what is missing is asked for here, not by the next page
  there.click();
  return true;
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
