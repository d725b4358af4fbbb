// The front page is arranged: stories are dragged into places, or moved by buttons and by the choice
// of a place; every step can be taken back. Nothing is online before the form is sent. Without this
// script the same form says where each story stands.

import { filledIn } from "desk/elements"
import { startPreview } from "desk/front_page_preview"

const root = document.querySelector("[data-desk-front]")
const form = root.querySelector("[data-desk-front-form]")
const words = JSON.parse(document.getElementById("desk-front-words").textContent)
const candidates = root.querySelector("[data-candidates]")
const boxes = [...root.querySelectorAll("[data-box]")]
const undoButton = form.querySelector("[data-act=undo]")
const said = root.querySelector("[data-desk-front-said]")
const say = (sentence) => (said.textContent = sentence)
const sayOf = (sentence, card, more = {}) => say(filledIn(sentence, { title: card.dataset.title, ...more }))

const boxOf = (card) => card.closest("[data-box]")
const listOf = (box) => box.querySelector("[data-cards]")
const cardsIn = (box) => [...listOf(box).children]
const placed = () => boxes.flatMap(cardsIn)
const all = () => [...placed(), ...candidates.children]
const field = (card, name) => form.elements[`slot-${card.dataset.card}-${name}`]
const areaOf = (box) => box.parentElement

// What has its time shares a place: the first that can be shown is shown.
const isPassing = (card) =>
  "waiting" in card.dataset || Boolean(field(card, "starts_at").value || field(card, "ends_at").value)

const release = (card, sentence) => {
  candidates.prepend(card)
  sayOf(sentence, card)
}

// They move on into `box`, and whatever stands there moves on in its turn.
const shift = (cards, box) => {
  if (!box) return cards.forEach((card) => release(card, words.gaveWay))
  const there = cardsIn(box).filter((card) => !isPassing(card))
  listOf(box).prepend(...cards)
  if (there.length) shift(there, nextInArea(box))
}

const nextInArea = (box) => {
  const next = boxes[boxes.indexOf(box) + 1]
  return next && areaOf(next) === areaOf(box) ? next : null
}

const put = (card, box) => {
  const source = boxOf(card)
  if (source === box) return
  sayOf(words.moved, card, { place: box.dataset.label })
  const there = cardsIn(box)
  listOf(box).prepend(card)
  if (isPassing(card)) return
  const displaced = there.filter((other) => !isPassing(other))
  if (!displaced.length) return
  if (source) listOf(source).append(...displaced)
  else shift(displaced, nextInArea(box))
}

// --- steps, and the way back

const valuesOf = (card) =>
  [...card.querySelectorAll("input, select, textarea")]
    .filter(({ name }) => name && !/-(place|order)$/.test(name))
    .map((input) => [input, input.type === "checkbox" ? input.checked : input.value])

const take = () => all().map((card) => ({ card, box: boxOf(card), values: valuesOf(card) }))
const asText = (step) =>
  JSON.stringify(
    step
      .filter(({ box }) => box)
      .map(({ card, box, values }) => [card.dataset.card, box.dataset.box, values.map(([, value]) => value)]),
  )

const giveBack = (step) => {
  for (const { card, box, values } of step) {
    ;(box ? listOf(box) : candidates).append(card)
    for (const [input, value] of values) {
      if (input.type === "checkbox") input.checked = value
      else input.value = value
      if (input.matches(".admin-autocomplete")) window.django?.jQuery(input).trigger("change.select2")
    }
  }
}

let now = take()
const online = root.hasAttribute("data-unsaved") ? "" : asText(now)
const steps = []
let isSending = false
const isChanged = () => asText(now) !== online

const showFills = (fills) => {
  for (const box of boxes) {
    const title = fills[box.dataset.box]
    box.querySelector("[data-fill]").textContent = title ? filledIn(words.fills, { title }) : words.empty
    box.toggleAttribute("data-filled", Boolean(title) || cardsIn(box).length === 0)
  }
}

const renew = startPreview(root, form, { words, say, showFills })

const show = () => {
  placed().forEach((card, order) => {
    field(card, "place").value = boxOf(card).dataset.box
    field(card, "order").value = order
  })
  for (const card of candidates.children) field(card, "place").value = ""
  undoButton.disabled = !steps.length
  root.toggleAttribute("data-changed", isChanged())
  renew()
}

const step = () => {
  const then = take()
  if (asText(then) === asText(now)) return
  steps.push(now)
  now = then
  show()
}

const undo = () => {
  const before = steps.pop()
  if (!before) return
  giveBack(before)
  now = take()
  say(words.undone)
  show()
}

undoButton.hidden = false
undoButton.addEventListener("click", undo)
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), textarea, .select2-container")
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping) return
  event.preventDefault()
  undo()
})
window.addEventListener("beforeunload", (event) => {
  if (isChanged() && !isSending) event.preventDefault()
})
form.addEventListener("submit", (event) => {
  if (!event.submitter?.formTarget) isSending = true
})
window.addEventListener("pageshow", () => (isSending = false))

// --- by buttons and choices

const move = (card, by) => {
  const at = boxes.indexOf(boxOf(card)) + by
  if (!boxes[at]) return
  put(card, boxes[at])
  step()
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act=up], [data-act=down]")
  if (!button) return
  move(button.closest("[data-card]"), button.dataset.act === "up" ? -1 : 1)
  button.focus()
})

const changed = ({ target }) => {
  const card = target.closest?.("[data-card]")
  if (!card) return
  if (target === field(card, "place")) {
    const box = boxes.find((one) => one.dataset.box === target.value)
    if (box) put(card, box)
    else if (boxOf(card)) release(card, words.released)
    target.focus()
  }
  step()
}
// The search in the library tells only jQuery of a choice.
if (window.django?.jQuery) window.django.jQuery(form).on("change", changed)
else form.addEventListener("change", changed)

// --- by pointer

let dragged = null
const targetOf = (event) => dragged && event.target.closest("[data-box], [data-candidates]")
const unmark = () => root.querySelectorAll("[data-target]").forEach((one) => one.removeAttribute("data-target"))

root.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-card]") ?? null
  if (!dragged) return
  event.dataTransfer.effectAllowed = "move"
  event.dataTransfer.setData("text/plain", dragged.dataset.title)
})
root.addEventListener("dragover", (event) => {
  const target = targetOf(event)
  if (!target) return
  event.preventDefault()
  if (target.hasAttribute("data-target")) return
  unmark()
  target.setAttribute("data-target", "")
})
root.addEventListener("drop", (event) => {
  const target = targetOf(event)
  unmark()
  if (!target) return
  event.preventDefault()
  if (target.matches("[data-box]")) put(dragged, target)
  else if (boxOf(dragged)) release(dragged, words.released)
  step()
})
root.addEventListener("dragend", () => {
  unmark()
  dragged = null
})

// --- the search

const ready = (cards) => {
  for (const card of cards) {
    for (const button of card.querySelectorAll("[data-act]")) button.hidden = false
  }
}

const search = async (question) => {
  const address = `${root.dataset.stories}?${new URLSearchParams({ q: question })}`
  const answer = await fetch(address, { redirect: "manual" }).catch(() => null)
  if (!answer?.ok) return say(words.away)
  const found = new DOMParser().parseFromString(`<ol>${await answer.text()}</ol>`, "text/html")
  const known = new Map(all().map((card) => [card.dataset.card, card]))
  const cards = [...found.querySelectorAll("[data-card]")].map((card) => known.get(card.dataset.card) ?? document.adoptNode(card))
  candidates.replaceChildren(...cards.filter((card) => !boxOf(card)))
  ready(candidates.children)
  for (const card of candidates.children) {
    if (!known.has(card.dataset.card)) card.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: {} }))
  }
  now = take()
  say(filledIn(words.found, { n: candidates.children.length }))
}

document.getElementById("desk-front-search").addEventListener("submit", (event) => {
  event.preventDefault()
  search(new FormData(event.target).get("q"))
})

ready(all())
show()
// A browser lets go of a field it cannot show yet, and the skin shows its pages late.
root.querySelector("[autofocus]")?.focus()
