// The lines of the story's head: they grow with what is written, and Enter in the title saves.

import { isComposing } from "desk/shortcuts"
import { saveStory } from "desk/story"

// Where the browser cannot do it by itself.
const grow = (field) => {
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight}px`
}

export const startLines = () => {
  const fields = document.querySelectorAll(".desk-line textarea")
  if (!CSS.supports("field-sizing", "content")) {
    fields.forEach((field) => {
      grow(field)
      field.addEventListener("input", () => grow(field))
    })
  }
  document.querySelector(".desk-line textarea[name=title]").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || isComposing(event) || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    saveStory()
  })
}
