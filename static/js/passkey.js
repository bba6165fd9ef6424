// Passkeys: asks the browser to make one or to sign with one, puts its answer into the form and sends that.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const ids = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function asked(form) {
  const body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  const answer = await fetch(form.dataset.ask, { method: "POST", body, headers: { "X-Fragment": "1" } });
  if (!answer.ok || answer.redirected) throw new Error("not asked");
  return answer.json();
}

async function make(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const made = await navigator.credentials.create({
    publicKey: { ...options, user, challenge: bytes(options.challenge), excludeCredentials: ids(options.excludeCredentials) },
  });
  const { attestationObject, clientDataJSON } = made.response;
  return { made, response: { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) } };
}

async function sign(options) {
  const made = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: ids(options.allowCredentials) },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = made.response;
  const response = {
    authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  };
  return { made, response };
}

async function go(form) {
  const options = await asked(form);
  const { made, response } = await (form.dataset.passkey === "create" ? make(options) : sign(options));
  form.elements.answer.value = JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
  const remember = document.querySelector("input[name=remember]:checked");
  if (remember && !form.contains(remember)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "remember", value: "yes" }));
  form.submit();
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const wrong = form.querySelector("[data-passkey-wrong]");
      const button = form.querySelector("button");
      wrong.hidden = true;
      button.disabled = true;
      try {
        await go(form);
      } catch {
        wrong.textContent = form.dataset.sayFailed;
        wrong.hidden = false;
        button.disabled = false;
      }
    });
  });
  document.querySelectorAll("[data-passkey-none]").forEach((words) => { words.hidden = true; });
}
