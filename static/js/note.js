// A kind note: what is chosen is written into it, and every word can still be changed.

const ORDER = ["good", "change", "back"];

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
