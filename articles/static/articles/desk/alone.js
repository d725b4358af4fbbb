// Full-screen writing: everything but the story and a slim bar goes; Escape leaves, and the cursor
// stays where it was.

import { isComposing } from "desk/shortcuts"
import { labels } from "desk/story"

const root = document.documentElement
const body = () => document.querySelector("textarea[data-desk-body]")?.deskEditor

const isWritten = () => document.activeElement?.closest(".desk-story-text") !== null

const show = (isAlone) => {
  const button = document.querySelector("[data-desk-alone]")
  const label = isAlone ? labels.leaveAlone : labels.alone
  root.classList.toggle("desk-is-alone", isAlone)
  button.setAttribute("aria-pressed", String(isAlone))
  button.setAttribute("aria-label", label)
  button.title = label
  button.firstElementChild.textContent = isAlone ? "fullscreen_exit" : "fullscreen"
  if (!isWritten()) body()?.commands.focus()
  // From the top, and down again if the cursor is not seen there.
  window.scrollTo(0, 0)
  if (document.activeElement.isContentEditable) body()?.commands.scrollIntoView()
  else document.activeElement.scrollIntoView({ block: "nearest" })
}

export const toggleAlone = () => show(!root.classList.contains("desk-is-alone"))

// The text would answer to the key itself, by selecting what is around the cursor.
const isInText = ({ target }) => target.isContentEditable

const leave = (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || isComposing(event)) return
  if (!root.classList.contains("desk-is-alone") || document.querySelector("dialog[open]")) return
  event.preventDefault()
  event.stopPropagation()
  show(false)
}

export const startAlone = () => {
  const button = document.querySelector("[data-desk-alone]")
  button.hidden = false
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", toggleAlone)
  window.addEventListener("keydown", (event) => isInText(event) && leave(event), { capture: true })
  window.addEventListener("keydown", leave)
}
