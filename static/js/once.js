// On every page: a form is sent once, risky buttons ask first, little menus close, and problems are read out.

const DOWNLOAD = 3000; // ms after which a file may be asked for once more

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
  if (form.dataset.once === "download") setTimeout(() => again(form), DOWNLOAD); // a file comes, the page stays
});

window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return; // only when the browser brings an old page back
  document.querySelectorAll("form[data-sent]").forEach(again);
});

function again(form) {
  delete form.dataset.sent;
  form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

function ask(button) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const words = document.createElement("p");
  words.id = "ask-words";
  words.textContent = button.dataset.confirm;
  dialog.setAttribute("aria-labelledby", words.id);
  const foot = document.createElement("div");
  foot.className = "dialog__foot";
  const yes = answer(button.dataset.confirmYes || button.textContent.trim(), "btn btn--stop");
  const no = answer(button.dataset.confirmNo, "btn");
  foot.append(no, yes);
  dialog.append(words, foot);
  document.body.append(dialog);
  yes.addEventListener("click", () => {
    button.dataset.asked = "yes";
    if (button.dataset.confirmValue) button.value = button.dataset.confirmValue;
    dialog.close();
    button.form ? button.form.requestSubmit(button) : button.click();
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
  dialog.showModal();
}

function answer(words, look) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = look;
  button.textContent = words;
  return button;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm][data-confirm-no]");
  if (button && !button.dataset.asked && "showModal" in HTMLDialogElement.prototype) {
    event.preventDefault();
    ask(button);
  }
  document.querySelectorAll("details.more[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.more[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.querySelector("[data-problems]")?.focus();
