// What the form of a story does by itself: rows of names, suggestions for tags, the picture.

import { element } from "desk/elements"
import { startHeaderPicture } from "desk/header_picture"
import { labels } from "desk/known_pictures"
import { allSent, isSending } from "desk/sending"

const SEPARATOR = /[,，、；;]\s*/

const startBylines = (list) => {
  const button = list.querySelector("[data-add]")
  const rows = () => [...list.querySelectorAll("[data-row]")]
  const blank = rows().at(-1).cloneNode(true)
  blank.querySelector("input").removeAttribute("id")
  const changed = () => {
    list.querySelectorAll("[data-up], [data-remove]").forEach((b) => (b.hidden = false))
    list.dispatchEvent(new Event("change", { bubbles: true }))
  }
  button.hidden = false
  button.addEventListener("click", () => {
    const row = blank.cloneNode(true)
    row.querySelector("input").value = ""
    button.before(row)
    changed()
    row.querySelector("input").focus()
  })
  list.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-row]")
    if (target.closest("[data-up]")) row.previousElementSibling?.before(row)
    else if (target.closest("[data-remove]") && rows().length > 1) row.remove()
    else if (target.closest("[data-remove]")) row.querySelector("input").value = ""
    else return
    changed()
  })
  changed()
}

const startTags = (box) => {
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
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shown.hidden = true
    if (event.key === "ArrowDown") shown.querySelector("button")?.focus()
  })
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) shown.hidden = true
  })
}

const suggestion = (name, take) => {
  const item = document.createElement("li")
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = name
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => take(name))
  item.append(button)
  return item
}

// A story that is saved while files are on their way waits for them; if one was refused, it is not
// saved, so that the reason stays to be read.
const startWaiting = (form) => {
  const said = element("p", { className: "desk-waiting" })
  said.setAttribute("role", "status")
  form.querySelector("[data-desk-body]").closest(".desk-body").prepend(said)
  const goOn = async (submitter) => {
    said.textContent = labels.waiting
    await allSent()
    const isRefused = form.querySelector(".desk-refused") !== null
    said.textContent = isRefused ? labels.notSaved : ""
    if (isRefused) form.querySelector(".desk-refused").scrollIntoView({ block: "center" })
    else form.requestSubmit(submitter)
  }
  const wait = (event) => {
    if (!isSending()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (said.textContent !== labels.waiting) goOn(event.submitter)
  }
  form.addEventListener("submit", wait, { capture: true })
}

// A file that misses its place would be opened by the browser, instead of the story.
const guard = (event) => {
  const isFile = event.dataTransfer?.types.includes("Files")
  if (isFile && !event.defaultPrevented) event.preventDefault()
}

document.querySelectorAll("[data-desk-bylines]").forEach(startBylines)
document.querySelectorAll("[data-desk-tags]").forEach(startTags)
document.querySelectorAll("[data-header-picture]").forEach(startHeaderPicture)
document.querySelectorAll("form:has([data-desk-body])").forEach(startWaiting)
window.addEventListener("dragover", guard)
window.addEventListener("drop", guard)
