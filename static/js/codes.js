// Recovery codes: print, download or copy them. Without this they stand on the page to be written down.

const ways = document.querySelector("[data-codes-ways]");
const list = () => [...document.querySelectorAll("[data-codes] code")].map((code) => code.textContent).join("\n") + "\n";

if (ways) {
  ways.hidden = false;
  ways.querySelector("[data-print]").addEventListener("click", () => window.print());
  ways.querySelector("[data-download]").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([list()], { type: "text/plain" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: `${ways.dataset.file}.txt` });
    link.click();
    URL.revokeObjectURL(address);
  });
  ways.querySelector("[data-copy]").addEventListener("click", async () => {
    await navigator.clipboard.writeText(list());
    ways.querySelector("[data-codes-said]").textContent = ways.dataset.sayCopied;
  });
}
