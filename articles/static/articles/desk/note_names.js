// Names behind an @: whom somebody may mean, offered while they write.

import { element } from "desk/elements"
import { isComposing } from "desk/shortcuts"

const BEGUN = /(^|[^0-9A-Za-z_.])[@＠]([^\s@＠]*)$/
const MOST = 6

const begunIn = (field) => field.value.slice(0, field.selectionStart).match(BEGUN)?.[2] ?? null

const fits = (begun) => ({ name, login }) =>
  [name, login].some((word) => word.toLowerCase().includes(begun.toLowerCase()))

const put = (field, name) => {
  const caret = field.selectionStart
  const start = caret - begunIn(field).length
  field.setRangeText(`${name} `, start, caret, "end")
  field.dispatchEvent(new Event("input", { bubbles: true }))
  field.focus()
}

const choose = (list, index) => {
  const options = [...list.children]
  const chosen = options.at(index % options.length)
  options.forEach((option) => option.setAttribute("aria-selected", String(option === chosen)))
}

const option = (field, list, { name, login }) => {
  const made = element("button", { type: "button" }, element("b", { textContent: name }))
  if (login !== name) made.append(element("small", { textContent: login }))
  made.setAttribute("role", "option")
  made.tabIndex = -1
  made.dataset.name = name
  made.addEventListener("mousedown", (event) => event.preventDefault())
  made.addEventListener("click", () => {
    put(field, name)
    list.hidden = true
  })
  return made
}

// After every change of `field`: the names that fit, in `list`.
export const offerNames = (field, list, people) => {
  const begun = begunIn(field)
  const found = begun === null ? [] : people.filter(fits(begun)).slice(0, MOST)
  list.replaceChildren(...found.map((person) => option(field, list, person)))
  list.hidden = !found.length
  if (found.length) choose(list, 0)
}

// Says whether the key was for the list.
export const keyOfNames = (event, field, list) => {
  if (list.hidden || isComposing(event)) return false
  const at = [...list.children].findIndex((one) => one.getAttribute("aria-selected") === "true")
  if (event.key === "ArrowDown") choose(list, at + 1)
  else if (event.key === "ArrowUp") choose(list, at - 1)
  else if (event.key === "Enter" || event.key === "Tab") list.children[at].click()
  else if (event.key === "Escape") list.hidden = true
  else return false
  return true
}
