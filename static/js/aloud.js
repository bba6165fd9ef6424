// Reads a note aloud, with the device's own voices. A button shows only where there is a voice for the language.

const synth = window.speechSynthesis;

function voiceFor(language) {
  const short = language.split("-")[0].toLowerCase();
  return synth.getVoices().find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === short);
}

function show(button) {
  button.hidden = !voiceFor(button.dataset.lang);
}

function stop(button) {
  synth.cancel();
  button.setAttribute("aria-pressed", "false");
}

function read(button) {
  const parts = button.dataset.aloud.split(" ").map((id) => document.getElementById(id)?.innerText.trim());
  const words = parts.filter(Boolean).join("\n");
  const voice = voiceFor(button.dataset.lang);
  if (!words || !voice) return;
  synth.cancel();
  const saying = new SpeechSynthesisUtterance(words);
  saying.voice = voice;
  saying.lang = voice.lang;
  saying.rate = 0.9;
  saying.onend = saying.onerror = () => button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
  synth.speak(saying);
}

if (synth) {
  const buttons = [...document.querySelectorAll("[data-aloud]")];
  const all = () => buttons.forEach(show);
  buttons.forEach((button) => button.addEventListener("click", () =>
    button.getAttribute("aria-pressed") === "true" ? stop(button) : read(button)));
  synth.addEventListener?.("voiceschanged", all);
  all();
  window.addEventListener("pagehide", () => synth.cancel());
}
