// A button that chooses a file says which one was chosen, in the page's words and not the browser's.

import { onFiles } from "desk/elements"

for (const place of document.querySelectorAll("[data-choice]")) {
  const input = place.querySelector("input[type=file]")
  const chosen = place.querySelector("[data-chosen]")
  const name = (files) => (chosen.textContent = files.map((file) => file.name).join(" "))
  onFiles(input, name)
  // The file goes with a form of its own: choosing it changes nothing of the page's other form.
  place.addEventListener("input", (event) => event.stopImmediatePropagation(), { capture: true })
  window.addEventListener("pageshow", () => name([...input.files]))
}
