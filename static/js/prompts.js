// A slip, or a starter, writes the beginning into the field.

function begin(target, start, starts) {
  const field = document.getElementById(target);
  if (!field) return;
  if (field.editor) {
    const text = field.editor.getDocument().toString();
    if (starts.includes(text.trim())) field.editor.setSelectedRange([0, text.length - 1]);
    else field.editor.setSelectedRange(text.trim() ? text.length - 1 : 0);
    field.editor.insertString(`${text.trim() && !starts.includes(text.trim()) ? "\n" : ""}${start} `);
  } else {
    const said = field.value.trim();
    field.value = !said || starts.includes(said) ? `${start} ` : `${field.value.trimEnd()}\n${start} `;
    field.setSelectionRange(field.value.length, field.value.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.focus();
}

document.querySelectorAll("[data-prompts]").forEach((slips) => {
  const inputs = [...slips.querySelectorAll("input")];
  const starts = inputs.map((input) => input.value);
  inputs.forEach((input) => input.setAttribute("form", "")); // the words carry the start: do not send it twice
  let arrows = false; // arrow keys walk through the slips; only a press, a space or Enter chooses
  slips.addEventListener("keydown", (event) => {
    arrows = event.key.startsWith("Arrow");
    if (event.key !== "Enter" && event.key !== " ") return;
    const input = event.target.closest("input");
    if (input) { event.preventDefault(); input.checked = true; begin(slips.dataset.prompts, input.value, starts); }
  });
  slips.addEventListener("click", (event) => {
    const input = event.target.closest("input");
    if (input && !arrows) begin(slips.dataset.prompts, input.value, starts);
    arrows = false;
  });
});

document.querySelectorAll("[data-starters]").forEach((row) => {
  const buttons = [...row.querySelectorAll("[data-start]")];
  const starts = buttons.map((button) => button.dataset.start);
  row.hidden = false;
  row.addEventListener("click", (event) => {
    const button = event.target.closest("[data-start]");
    if (button) begin(row.dataset.starters, button.dataset.start, starts);
  });
});
