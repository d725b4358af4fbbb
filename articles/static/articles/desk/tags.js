// Suggestions below the line of tags, from those the newsroom uses already.

import { element } from "desk/elements"

const SEPARATOR = /[,，、；;]\s*/

export const startTags = (box) => {
  const input = box.querySelector("input")
  const shown = box.querySelector("ul")
  const known = [...box.querySelectorAll("option")].map((option) => option.value)
  const parts = () => input.value.split(SEPARATOR)
  const take = (name) => {
    input.value = [...parts().slice(0, -1), name, ""].join("，")
    shown.hidden = true
    input.dispatchEvent(new Event("change", { bubbles: true }))
    input.focus()
  }
  const suggest = () => {
    const names = parts().map((name) => name.trim().toLowerCase())
    const begun = names.pop()
    const fits = (name) => name.toLowerCase().includes(begun) && !names.includes(name.toLowerCase())
    const found = begun ? known.filter(fits).slice(0, 8) : []
    shown.replaceChildren(...found.map((name) => suggestion(name, take)))
    shown.hidden = !found.length
  }
  input.addEventListener("input", suggest)
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !shown.hidden) {
      event.preventDefault()
      shown.hidden = true
      input.focus()
    }
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (step && !shown.hidden && !event.isComposing) walk(event, step, input, shown)
  })
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) shown.hidden = true
  })
}

const walk = (event, step, input, shown) => {
  event.preventDefault()
  const stops = [input, ...shown.querySelectorAll("button")]
  stops[stops.indexOf(document.activeElement) + step]?.focus()
}

const suggestion = (name, take) => {
  const button = element("button", { type: "button", textContent: name })
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => take(name))
  return element("li", {}, button)
}
