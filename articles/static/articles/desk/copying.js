// Copies the address of a preview; where the browser does not let a page do that, it is selected.

const button = document.querySelector("[data-copy]")
const line = document.querySelector("[data-copied]")

const copy = async () => {
  line.select()
  await navigator.clipboard.writeText(line.value)
  button.textContent = button.dataset.done
}

line?.addEventListener("focus", () => line.select())
if (button && navigator.clipboard) {
  button.hidden = false
  button.addEventListener("click", copy)
}
line?.focus()
