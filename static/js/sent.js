// A form[data-replace="VALUE"], sent with the button of that value, leaves no page behind that was drawn from a sent form: what
// comes after it takes this page's place, and the way back leads before it. Where that cannot be, the browser sends it as ever.
// A form[data-fresh] to which it leads is empty again then: browsers put back what was typed, for whoever comes next.

const SENT = "thirdspace-sent";

function remember(value) {
  try {
    const before = sessionStorage.getItem(SENT);
    if (value) sessionStorage.setItem(SENT, value); else sessionStorage.removeItem(SENT);
    return before;
  } catch { return null; } // a browser that keeps nothing
}

const fresh = document.querySelector("form[data-fresh]");
if (fresh) window.addEventListener("pageshow", () => { if (remember("")) fresh.reset(); });

document.querySelectorAll("form[data-replace]").forEach((form) => form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (button?.value !== form.dataset.replace) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  const fields = new FormData(form);
  fields.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) }).catch(() => null);
  if (answer?.ok && answer.redirected) { remember("yes"); location.replace(answer.url); return; }
  const pressed = document.createElement("input");
  Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
  form.append(pressed);
  form.submit();
}));
