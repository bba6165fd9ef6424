// Turns textarea[data-rich] into a Trix editor with few tools. The area keeps its name and stays empty;
// the editor's hidden field carries the words as HTML, which the server cleans.

import Trix from "../vendor/trix-2.1.19.esm.min.js";

const TOOLS = [
  ["bold", "text-b", { trixAttribute: "bold", trixKey: "b" }],
  ["italic", "text-italic", { trixAttribute: "italic", trixKey: "i" }],
  ["link", "link", { trixAttribute: "href", trixAction: "link", trixKey: "k" }],
  ["quote", "quotes", { trixAttribute: "quote" }],
  ["bullets", "list-bullets", { trixAttribute: "bullet" }],
  ["numbers", "list-numbers", { trixAttribute: "number" }],
  ["undo", "arrow-arc-left", { trixAction: "undo", trixKey: "z" }],
  ["redo", "arrow-arc-right", { trixAction: "redo", trixKey: "shift+z" }],
];

delete Trix.config.blockAttributes.heading1; // what has no button is not taken from the clipboard either
delete Trix.config.blockAttributes.code;
delete Trix.config.textAttributes.strike;

const sheet = new URL("../icons.svg", import.meta.url).pathname;

function say(area, name) {
  return area.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`];
}

function icon(name) {
  const holder = document.createElement("template");
  holder.innerHTML = '<svg class="i" aria-hidden="true"><use></use></svg>';
  holder.content.querySelector("use").setAttribute("href", `${sheet}#i-${name}`);
  return holder.content.firstChild;
}

function toolbar(area, id) {
  const bar = document.createElement("trix-toolbar");
  bar.id = id;
  bar.className = "tools";
  const row = document.createElement("div");
  row.className = "tools__row";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", say(area, "tools"));
  for (const [name, drawing, data] of TOOLS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tools__b";
    button.title = say(area, name);
    button.setAttribute("aria-label", say(area, name));
    Object.assign(button.dataset, data);
    button.append(icon(drawing));
    row.append(button);
  }
  bar.append(row, linkDialog(area));
  keyboard(bar);
  pressed(bar);
  return bar;
}

// Trix shows and hides the outer box with rules of its own, outside every layer; what is in it stands as editor.css says.
function linkDialog(area) {
  const holder = document.createElement("div");
  holder.dataset.trixDialogs = "";
  const dialog = document.createElement("div");
  dialog.dataset.trixDialog = "href";
  dialog.dataset.trixDialogAttribute = "href";
  const box = document.createElement("div");
  box.className = "tools__link";
  const address = document.createElement("input");
  Object.assign(address, { type: "text", inputMode: "url", name: "href", className: "input", placeholder: "https://", dir: "ltr", autocomplete: "off" });
  address.setAttribute("form", ""); // never part of what is sent
  address.setAttribute("autocapitalize", "none");
  address.setAttribute("aria-label", say(area, "url"));
  address.dataset.trixInput = "";
  address.dataset.trixValidateHref = "";
  box.append(address, method(say(area, "set"), "setAttribute"), method(say(area, "unset"), "removeAttribute"), wrongLine(area));
  dialog.append(box);
  holder.append(dialog);
  whole(holder, address, say(area, "wrong"));
  return holder;
}

function wrongLine(area) {
  const line = document.createElement("p");
  line.className = "field__wrong";
  line.id = `${area.id}-link-wrong`;
  line.setAttribute("role", "alert");
  return line;
}

// Makes what was typed a whole address before Trix takes it; says so in words where it cannot be one.
function whole(holder, address, words) {
  const line = holder.querySelector(".field__wrong");
  const show = (wrong) => {
    line.replaceChildren(...(wrong ? [icon("warning-circle"), document.createElement("span")] : []));
    if (wrong) line.lastChild.textContent = words;
    address.setAttribute("aria-invalid", String(wrong));
    if (wrong) address.setAttribute("aria-describedby", line.id);
    else address.removeAttribute("aria-describedby");
  };
  const check = (event) => {
    const found = addressIn(address.value);
    show(!found);
    if (found) address.value = found;
    else {
      event.preventDefault();
      event.stopPropagation();
      address.focus();
    }
  };
  holder.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-trix-method]");
    if (pressed?.dataset.trixMethod === "setAttribute") check(event);
    else if (pressed) show(false);
  }, true);
  holder.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === address) check(event);
    if (event.key === "Escape") show(false);
  }, true);
  address.addEventListener("input", () => show(false));
}

// A whole address, as journal/text/links.py lets it through, or "".
function addressIn(typed) {
  const words = typed.trim();
  if (/^(mailto:)?[^\s@?&<>"',:/]+@[^\s@?&<>"',:/]+\.[^\s@?&<>"',:/]+$/i.test(words)) return words.replace(/^(mailto:)?/i, "mailto:");
  const full = /^https?:\/\//i.test(words) ? words : `https://${words.replace(/^\/\//, "")}`;
  const host = /^https?:\/\/([^/?#\s@\\]+)([/?#]\S*)?$/i.exec(full)?.[1];
  return host && /[^.:]\.[^.:\d]{2,}(:\d+)?$/.test(host) && URL.canParse(full) ? full : "";
}

function method(label, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--s";
  button.textContent = label;
  button.dataset.trixMethod = name;
  return button;
}

// Trix answers the mouse; Enter and space on a focused tool are passed on to it.
function keyboard(bar) {
  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-trix-attribute], [data-trix-action]");
    if (tool && event.detail === 0) tool.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  });
}

function html(area) {
  if (area.dataset.html || !area.value) return area.dataset.html || "";
  const lines = document.createElement("div");
  area.value.split("\n").forEach((line, index) => lines.append(...(index ? [document.createElement("br"), line] : [line])));
  return lines.outerHTML;
}

function dress(area) {
  const id = area.id;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", id: `${id}-html`, name: area.dataset.rich, value: html(area) });
  field.dataset.editor = "";
  const editor = document.createElement("trix-editor");
  editor.className = "area rich";
  for (const name of ["aria-describedby", "aria-invalid", "dir"]) if (area.hasAttribute(name)) editor.setAttribute(name, area.getAttribute(name));
  editor.setAttribute("aria-labelledby", `${id}-label`);
  editor.setAttribute("input", field.id);
  editor.setAttribute("toolbar", `${id}-tools`);
  area.id = `${id}-plain`;
  editor.id = id;
  area.value = "";
  area.hidden = true;
  area.after(field, toolbar(area, `${id}-tools`), editor);
  document.getElementById(`${id}-label`)?.addEventListener("click", () => editor.focus());
  field.addEventListener("words:restored", () => editor.editor?.loadHTML(field.value));
}

// Trix shows by a class alone that a tool is on: say it to screen readers too.
function pressed(bar) {
  const show = (tool) => tool.setAttribute("aria-pressed", String(tool.classList.contains("trix-active")));
  const watch = new MutationObserver((changes) => changes.forEach((change) => show(change.target)));
  bar.querySelectorAll(".tools__b[data-trix-attribute]").forEach((tool) => {
    show(tool);
    watch.observe(tool, { attributes: true, attributeFilter: ["class"] });
  });
}

// Photos have their own field.
document.addEventListener("trix-file-accept", (event) => event.preventDefault());
document.addEventListener("trix-attachment-add", (event) => event.attachment.remove());

document.querySelectorAll("textarea[data-rich]").forEach(dress);
