// Pictures go up at once, two at a time, each with a preview; a failure stays in sight and can be tried again.
// They are put in order by dragging the handle or by the buttons, which also work without this script.

const AT_ONCE = 2;
const LOOK_AGAIN = 2000; // ms between looks at a picture that is still being made ready
const LOOKS = 60;

function fragment(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.querySelector("[data-pic]");
}

function make(tag, look, text = "") {
  const element = document.createElement(tag);
  if (look) element.className = look;
  if (text) element.textContent = text;
  return element;
}

function icon(sheet, name, look = "") {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg class="i ${look}" aria-hidden="true"><use></use></svg>`;
  holder.content.querySelector("use").setAttribute("href", `${sheet}#i-${name}`);
  return holder.content.firstChild;
}

function sheetOf(root) {
  return root.querySelector(".drop use").getAttribute("href").split("#")[0];
}

function preview(sheet, file) {
  const frame = make("div", "pic__img");
  const picture = make("img");
  picture.alt = "";
  picture.src = URL.createObjectURL(file);
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
  picture.addEventListener("error", () => { // a kind this browser cannot draw (HEIC): the server's preview follows
    URL.revokeObjectURL(picture.src);
    const drawn = make("span", "pic__drawn");
    drawn.append(icon(sheet, "image", "i--xl"), make("span", "", file.name));
    picture.replaceWith(drawn);
  }, { once: true });
  frame.append(picture);
  return frame;
}

function editor(root) {
  const list = root.querySelector("[data-pics]");
  const input = root.querySelector("input[type=file]");
  const form = root.closest("form");
  const words = root.dataset;
  const sheet = sheetOf(root);
  const queue = [];
  let busy = 0;

  const say = (text) => { root.querySelector("[data-say]").textContent = text; };
  const changed = () => list.dispatchEvent(new Event("change", { bubbles: true }));

  function button(label, look, press) {
    const made = make("button", `btn btn--s ${look}`, label);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  function add(file) {
    const tile = make("li", "pic");
    const room = make("div", "");
    tile.append(preview(sheet, file), room);
    list.append(tile);
    queue.push({ file, tile, room });
    next();
  }

  function next() {
    while (busy < AT_ONCE && queue.length) upload(queue.shift());
  }

  function upload(item) {
    busy += 1;
    const line = make("div", "prog");
    const top = make("p", "prog__top");
    top.append(make("span", "", words.saySending));
    const bar = make("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", `${words.saySending} ${item.file.name}`);
    line.append(top, bar);
    item.room.replaceChildren(line);

    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("photo", item.file);
    const request = new XMLHttpRequest();
    request.open("POST", words.uploadUrl);
    request.setRequestHeader("X-Fragment", "1");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; });
    request.addEventListener("load", () => landed(item, request));
    request.addEventListener("error", () => failed(item, ""));
    request.addEventListener("loadend", () => { busy -= 1; next(); });
    request.send(data);
  }

  function landed(item, request) {
    const tile = request.status >= 200 && request.status < 300 ? fragment(request.responseText) : null;
    if (!tile) {
      let message = "";
      try { message = JSON.parse(request.responseText).message; } catch { /* not ours: the usual words do */ }
      failed(item, message);
      return;
    }
    const drawn = tile.querySelector(".pic__drawn");
    const shown = item.tile.querySelector(".pic__img img");
    if (drawn && shown) drawn.replaceWith(shown);
    item.tile.replaceWith(tile);
    dress(tile);
    say(words.sayAdded);
    changed();
  }

  function failed(item, message) {
    const wrong = make("p", "field__wrong");
    wrong.setAttribute("role", "alert");
    wrong.append(icon(sheet, "warning-circle"), make("span", "", message || words.sayBroke));
    const row = make("div", "row");
    row.append(button(words.sayAgain, "", () => { queue.push(item); next(); }), button(words.sayLeave, "btn--quiet", () => item.tile.remove()));
    item.room.replaceChildren(wrong, row);
  }

  // A tile from the server: give it a handle, and look again while its picture is being made ready.
  function dress(tile) {
    const grip = make("span", "btn btn--icon pic__grip");
    grip.setAttribute("aria-hidden", "true"); // the buttons beside it do the same for keys and screen readers
    grip.append(icon(sheet, "arrows-out-cardinal"));
    tile.querySelector(".pic__tools").prepend(grip);
    grip.addEventListener("pointerdown", (event) => carry(event, tile, grip));
    if (tile.querySelector("progress")) setTimeout(() => look(tile, LOOKS), LOOK_AGAIN);
  }

  async function look(tile, left) {
    if (!tile.isConnected || left === 0) return;
    const answer = await fetch(`${words.uploadUrl}/${tile.dataset.pic}`, { headers: { "X-Fragment": "1" } }).catch(() => null);
    const fresh = answer?.ok ? fragment(await answer.text()) : null;
    if (answer?.status === 404) return;
    if (fresh) { // only the picture and its state: somebody may be writing the words under it
      const pictured = fresh.querySelector(".pic__img img");
      if (pictured) tile.querySelector(".pic__img img, .pic__drawn")?.replaceWith(pictured);
      const state = fresh.querySelector(".prog, .pic > .field__wrong");
      const old = tile.querySelector(".prog");
      if (state) old?.replaceWith(state); else old?.remove();
    }
    if (tile.querySelector("progress")) setTimeout(() => look(tile, left - 1), LOOK_AGAIN);
  }

  function carry(event, tile, grip) {
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    tile.classList.add("is-carried");
    const move = (moved) => {
      const over = document.elementsFromPoint(moved.clientX, moved.clientY).map((one) => one.closest?.("[data-pic]")).find((one) => one && one !== tile && one.parentElement === list);
      if (!over) return;
      const after = tile.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (after) over.after(tile); else over.before(tile);
    };
    const stop = () => {
      grip.removeEventListener("pointermove", move);
      tile.classList.remove("is-carried");
      moved(tile);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", stop, { once: true });
  }

  function moved(tile) {
    const place = [...list.querySelectorAll("[data-pic]")].indexOf(tile) + 1;
    say(words.sayMoved.replace("{place}", place));
    changed();
  }

  input.addEventListener("change", (event) => {
    event.stopPropagation();
    const files = [...input.files];
    const room = Number(words.max) - list.children.length;
    files.slice(0, Math.max(room, 0)).forEach(add);
    if (files.length > room) say(words.sayFull);
    root.querySelector("[data-full]")?.remove();
    if (files.length > room) {
      const wrong = make("p", "field__wrong", words.sayFull);
      wrong.dataset.full = "";
      root.querySelector(".drop").after(wrong);
    }
    input.value = ""; // so that they are not sent a second time with the form
  });

  list.addEventListener("click", (event) => {
    const press = event.target.closest("[data-move]");
    if (!press) return;
    event.preventDefault();
    const tile = press.closest("[data-pic]");
    const earlier = press.dataset.move === "earlier";
    const other = earlier ? tile.previousElementSibling : tile.nextElementSibling;
    if (!other) return;
    if (earlier) other.before(tile); else other.after(tile);
    press.focus();
    moved(tile);
  });

  // Without the script this button sends the files; with it they are already on their way.
  root.querySelector("[data-no-script]")?.remove();
  list.querySelectorAll("[data-pic]").forEach(dress);
}

document.querySelectorAll("[data-photos]").forEach(editor);

// A plain file field: show what was chosen, before it goes with the form.
document.querySelectorAll("[data-preview]").forEach((root) => {
  root.querySelector("input[type=file]").addEventListener("change", (event) => {
    root.querySelector("[data-chosen]").replaceChildren(...[...event.target.files].map((file) => {
      const item = make("li", "");
      item.append(preview(sheetOf(root), file), make("span", "", file.name));
      return item;
    }));
  });
});
