// "Who will see this" in a page, drawn anew. Only its inside changes: a live region must stay to be read out.

export function redraw(form, html) {
  const old = form.querySelector("[data-strip]");
  const holder = document.createElement("template");
  holder.innerHTML = html || "";
  const fresh = holder.content.querySelector("[data-strip]");
  if (!old || !fresh) return;
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  old.replaceChildren(...fresh.childNodes);
  old.querySelectorAll("details").forEach((one, index) => { one.open = open[index] ?? false; });
}
