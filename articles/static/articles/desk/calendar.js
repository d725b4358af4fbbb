// Entries of the calendar are dragged to another day; the desk decides, and says so. Everything
// here can be done without it: each entry has a form for its time.

import { token } from "desk/token"

const words = JSON.parse(document.getElementById("desk-calendar-words").textContent)
const said = document.querySelector("[data-desk-calendar-said]")
const say = (sentence, isRefused = false) => {
  said.textContent = sentence
  said.toggleAttribute("data-refused", isRefused)
}

let dragged = null

// The desk's sentence, and the new time if it took it; never rejects.
const ask = async (entry, day) => {
  const body = new FormData()
  body.set("csrfmiddlewaretoken", token())
  body.set("day", day)
  body.set("seen", entry.dataset.seen)
  try {
    const response = await fetch(entry.dataset.move, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
    })
    return { isDone: response.ok, ...(await response.json()) }
  } catch {
    return { isDone: false, sentence: words.away }
  }
}

// Among the entries of a day by its time.
const putInto = (cell, entry) => {
  const list = cell.querySelector("[data-desk-entries]")
  const later = [...list.children].find((other) => clockOf(other) > clockOf(entry))
  list.insertBefore(entry, later ?? null)
  cell.classList.remove("desk-day-empty")
}

const clockOf = (entry) => entry.querySelector("time").textContent

const move = async (entry, cell) => {
  const [list, next] = [entry.parentElement, entry.nextElementSibling]
  entry.setAttribute("aria-busy", "true")
  say(words.moving)
  putInto(cell, entry)
  const answer = await ask(entry, cell.dataset.day)
  entry.removeAttribute("aria-busy")
  say(answer.sentence, !answer.isDone)
  if (!answer.isDone) {
    list.insertBefore(entry, next?.parentElement === list ? next : null)
    return
  }
  entry.dataset.at = answer.at
  entry.querySelector("time").textContent = answer.clock
  entry.dataset.seen = answer.moment
  for (const field of entry.querySelectorAll("input[name=at]")) field.value = answer.at
  for (const field of entry.querySelectorAll("input[name=seen]")) field.value = answer.moment
  entry.classList.remove("desk-entry-late")
}

const cellUnder = (event) => dragged && event.target.closest("td[data-day]")
const isElsewhere = (cell) => cell && cell.dataset.day !== dragged.dataset.at.slice(0, 10)
const unmark = () => {
  for (const cell of document.querySelectorAll("[data-target]")) cell.removeAttribute("data-target")
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-move]") ?? null
  if (!dragged) return
  event.dataTransfer.effectAllowed = "move"
  event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent)
})

document.addEventListener("dragover", (event) => {
  const cell = cellUnder(event)
  if (!isElsewhere(cell)) return
  event.preventDefault()
  if (cell.hasAttribute("data-target")) return
  unmark()
  cell.setAttribute("data-target", "")
})

document.addEventListener("drop", (event) => {
  const cell = cellUnder(event)
  unmark()
  if (!isElsewhere(cell)) return
  event.preventDefault()
  move(dragged, cell)
})

document.addEventListener("dragend", () => {
  unmark()
  dragged = null
})

// A choice counts at once; the button is for those without scripts.
for (const form of document.querySelectorAll(".desk-calendar-head form")) {
  form.querySelector("button").hidden = true
  form.addEventListener("change", () => form.requestSubmit())
}
