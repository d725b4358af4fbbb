// The notes beside a story: written, answered and settled without leaving the page, and found in the
// text and back. What somebody began to write stays, whatever happens to the page or the desk.

import { askDesk } from "desk/answers"
import { terms as page } from "desk/autosave_terms"
import { element, iconButton } from "desk/elements"
import { selectedPassage, showPassage, showPassages } from "desk/note_marks"
import { keyOfNames, offerNames } from "desk/note_names"
import { readingMarks } from "desk/note_reading"
import { addShortcut, ask, isComposing } from "desk/shortcuts"

const OFTEN = 20_000 // milliseconds between two looks at what others say
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null")

const terms = read("desk-notes-terms")
const labels = terms?.labels ?? {}
const root = () => document.querySelector("[data-desk-notes]")

// --- What was begun and not sent; it outlives the page, in this tab, for the same person ----------

const KEY = `desk-notes-${page.user}-${terms?.story}`
const begun = (() => {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEY)) ?? [])
  } catch {
    return new Map()
  }
})()

const keep = (name, text, passage = begun.get(name)?.passage ?? null) => {
  if (text || passage) begun.set(name, { text, passage })
  else begun.delete(name)
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...begun]))
  } catch {
    // Without room it is kept as long as the page stands.
  }
}

const nameOf = (form) => [form.dataset.noteForm, form.dataset.about].filter(Boolean).join("-")

const formNamed = (name) =>
  [...root().querySelectorAll("[data-note-form]")].find((form) => nameOf(form) === name)

const showBegun = (form) => {
  const kept = begun.get(nameOf(form))
  const field = form.querySelector("textarea")
  field.dataset.first ??= field.value
  if (kept) field.value = kept.text
  if (kept) form.closest("details[data-note-key]")?.setAttribute("open", "")
  const place = form.querySelector("[data-note-passage]")
  if (!place) return
  place.hidden = !kept?.passage
  place.querySelector("span").textContent = kept?.passage?.quote ?? ""
}

// --- The text --------------------------------------------------------------------------------------

// The editor is there once all scripts of the page have run.
const marks = () => {
  const editor = document.querySelector("textarea[data-desk-body]")?.deskEditor
  if (!editor) return reading
  return {
    showPassages: (passages) => showPassages(editor, passages),
    showPassage: (id) => showPassage(editor, id),
    selectedPassage: () => selectedPassage(editor),
  }
}
let reading = null

const openPanel = () => {
  document.querySelector("[data-desk-panel=notes]").open = true
  const button = document.querySelector("[data-desk-side-button]")
  if (button && !button.hidden && button.getAttribute("aria-expanded") !== "true") button.click()
}

const showThread = (id) => {
  const thread = document.getElementById(`note-${id}`)
  if (!thread) return
  openPanel()
  thread.closest(".desk-resolved")?.setAttribute("open", "")
  document.querySelectorAll(".desk-thread-now").forEach((other) => other.classList.remove("desk-thread-now"))
  thread.closest(".desk-thread").classList.add("desk-thread-now")
  thread.scrollIntoView({ block: "nearest" })
}

const goToPassage = (id) => {
  const isNarrow = document.querySelector("[data-desk-side]")?.dataset.isOpen === "true"
  if (!marks()?.showPassage(id)) return say(document.getElementById(`note-${id}`), labels.lost)
  if (isNarrow) document.querySelector("[data-desk-side-button]:not([hidden])")?.click()
}

// --- Asking the desk -------------------------------------------------------------------------------

const say = (place, sentence) => {
  let said = place.querySelector(".desk-note-said")
  if (!said) place.append((said = element("p", { className: "desk-note-said" })))
  said.setAttribute("role", "alert")
  said.textContent = sentence
  said.hidden = false
}

// `{ answer }` or, if it was not done, `{ error }`: a sentence.
const post = async (said) => {
  const { reason, answer } = await askDesk(root().dataset.address, said)
  const error = labels[reason] ?? answer.error ?? (reason && labels.away)
  return error ? { error } : { answer }
}

// Where somebody types, and how to go on there once the fields are others.
const hold = () => {
  const field = document.activeElement
  if (!root().contains(field) || !field.matches("textarea")) return () => {}
  const name = nameOf(field.closest("[data-note-form]"))
  const { selectionStart, selectionEnd, scrollTop } = field
  return () => {
    const again = formNamed(name)?.querySelector("textarea")
    again?.focus({ preventScroll: true })
    again?.setSelectionRange(selectionStart, selectionEnd)
    if (again) again.scrollTop = scrollTop
  }
}

// Letters that an input method is still composing would be torn out of it.
let isInComposition = false
let postponed = null

const composed = () => {
  isInComposition = false
  if (postponed) show(postponed)
}

const show = (answer) => {
  const { html, seen, count, passages } = answer
  if (html === undefined) return
  postponed = isInComposition ? answer : null
  if (postponed) return
  const goOn = hold()
  root().innerHTML = html
  root().dataset.seen = seen
  root().querySelectorAll("[data-note-form]").forEach(showBegun)
  const number = document.querySelector("[data-notes-count]")
  number.textContent = String(count)
  number.hidden = !count
  marks()?.showPassages(passages)
  goOn()
}

const look = async () => {
  if (document.hidden) return
  const { answer } = await post({ act: "look", seen: root().dataset.seen })
  if (answer) show(answer)
}

const send = async (form) => {
  const name = nameOf(form)
  const text = form.querySelector("textarea").value
  const button = form.querySelector("[data-note-send]")
  if (button.disabled) return
  button.disabled = true
  const { answer, error } = await post({
    act: form.dataset.noteForm,
    note: Number(form.dataset.about) || null,
    passage: begun.get(name)?.passage ?? null,
    text,
  })
  button.disabled = false
  if (error) return say(formNamed(name) ?? form, error)
  // What was typed since is not sent.
  if ((formNamed(name) ?? form).querySelector("textarea").value === text) {
    keep(name, "", null)
    form.closest("details[data-note-key]")?.removeAttribute("open")
  }
  show(answer)
  if (answer.note) showThread(answer.note)
}

const act = async (button) => {
  const { noteAct, about } = button.dataset
  if (noteAct === "delete" && !(await ask(labels.askDelete, labels.askDeleteHelp, labels.delete))) return
  button.disabled = true
  const { answer, error } = await post({ act: noteAct, note: Number(about) })
  button.disabled = false
  if (error) say(button.closest(".desk-thread"), error)
  else show(answer)
}

// --- Beginning -------------------------------------------------------------------------------------

export const noteOnSelection = () => {
  const passage = marks()?.selectedPassage()
  if (!root() || !passage) return
  const form = root().querySelector("[data-note-form=add]")
  keep("add", form.querySelector("textarea").value, passage)
  showBegun(form)
  openPanel()
  form.querySelector("textarea").focus()
}

// Whoever opens an answer or an edit writes on at once.
const beginIn = (details) =>
  setTimeout(() => details.open && details.querySelector("textarea")?.focus({ preventScroll: true }))

const clicked = (event) => {
  const { target } = event
  const form = target.closest("[data-note-form]")
  if (target.closest("summary")) beginIn(target.closest("summary").parentElement)
  else if (target.closest("[data-note-send]")) send(form)
  else if (target.closest("[data-note-act]")) act(target.closest("[data-note-act]"))
  else if (target.closest("[data-passage]")) goToPassage(Number(target.closest("[data-passage]").dataset.passage))
  else if (target.closest("[data-note-passage-off]")) {
    keep("add", form.querySelector("textarea").value, null)
    showBegun(form)
  }
}

const typed = ({ target }) => {
  const form = target.closest("[data-note-form]")
  const text = target.value === target.dataset.first ? "" : target.value
  keep(nameOf(form), text)
  offerNames(target, form.querySelector("[data-note-names]"), terms.people)
}

const pressed = (event) => {
  const form = event.target.closest("[data-note-form]")
  if (!form) return
  const isOfNames = keyOfNames(event, event.target, form.querySelector("[data-note-names]"))
  const isSent = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isComposing(event)
  if (!isOfNames && !isSent) return
  event.preventDefault()
  event.stopImmediatePropagation()
  if (isSent && !isOfNames) send(form)
}

// On a page that is only read there is no row of buttons: one comes to what is selected.
const startReading = (text) => {
  reading = readingMarks(text)
  const button = iconButton("add_comment", labels.onPassage, () => {
    noteOnSelection()
    button.hidden = true
  })
  button.className = "desk-note-here"
  button.hidden = true
  button.addEventListener("mousedown", (event) => event.preventDefault())
  document.body.append(button)
  document.addEventListener("selectionchange", () => {
    const passage = reading.selectedPassage()
    button.hidden = !passage
    if (!passage) return
    const { right, bottom } = getSelection().getRangeAt(0).getBoundingClientRect()
    button.style.left = `${Math.min(right, innerWidth - 50) + scrollX}px`
    button.style.top = `${bottom + scrollY + 4}px`
  })
}

const begin = () => {
  const text = document.querySelector(".desk-story-text .desk-reading")
  if (text) startReading(text)
  marks()?.showPassages(read("desk-notes-passages"))
  root().querySelectorAll("[data-note-form]").forEach(showBegun)
  document.addEventListener("desk-note-clicked", ({ detail }) => showThread(detail[0]))
  document.addEventListener("desk-note-wanted", noteOnSelection)
  const shown = () => showThread(location.hash.match(/^#note-(\d+)$/)?.[1])
  window.addEventListener("hashchange", shown)
  shown()
  setInterval(look, OFTEN)
}

export const startNotes = () => {
  if (!root() || !terms) return
  root().addEventListener("click", clicked)
  root().addEventListener("input", typed)
  root().addEventListener("compositionstart", () => (isInComposition = true))
  root().addEventListener("compositionend", () => setTimeout(composed))
  // Before the keys of the page: Ctrl+Enter sends the note and submits no story.
  window.addEventListener("keydown", (event) => root().contains(event.target) && pressed(event), { capture: true })
  addShortcut({ name: "note", keys: "alt+shift+n", label: labels.onPassage, act: noteOnSelection })
  if (document.readyState === "complete") begin()
  else document.addEventListener("DOMContentLoaded", begin)
}
