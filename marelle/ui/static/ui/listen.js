// « Écouter »: the browser reads a section aloud. Without speech, or without script, the button is not there.
const voice = window.speechSynthesis;
if (voice) {
  for (const button of document.querySelectorAll("[data-listen]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const was = button.getAttribute("aria-pressed") === "true";
      voice.cancel();
      for (const other of document.querySelectorAll("[data-listen]")) other.setAttribute("aria-pressed", "false");
      if (was) return;
      const part = button.closest("[data-read]").cloneNode(true);
      part.querySelectorAll("button, [aria-hidden=true]").forEach((node) => node.remove());
      const words = new SpeechSynthesisUtterance([...part.querySelectorAll("h1, h2, p")].map((node) => node.textContent.trim()).filter(Boolean).join(". "));
      words.lang = document.documentElement.lang || "fr";
      words.rate = 0.92;
      words.onend = () => button.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-pressed", "true");
      voice.speak(words);
    });
  }
}
