// The form of a story, for every module of the writing screen that watches it or acts on it.
//
//   storyForm()                the form element; null on pages without one
//   onStoryChange(callback)    `callback(name)` after every change of any field, however it came
//                              about: typing in the title or the body, choices, tags, bylines,
//                              pictures; `name` is the field's ("body", "bylines", ...). It is called
//                              at once and often, so do little or wait. Returns a function that
//                              ends it.
//   formState()                URLSearchParams of exactly what a save would send now, the token and
//                              `based_on` included, without a button
//   hasChanged()               whether that differs from what the page was opened with, or from what
//                              `markKept` said is safe
//   markKept(state)            `state` (of `formState()`) lies safe elsewhere: leaving loses nothing
//   onLeaving(callback)        `callback()` when the page is being left, before anybody is asked
//   saveStory(verb)            what the button does: saves, and then does `verb` ("submit", ...), if
//                              there is a button for it; says whether there is one
//   verbButton(...names)       the first button there is for one of these verbs, or null
//   setStatus(text, kind)      the words in the bar; kind: "" | "busy" | "kept" | "warning" | "error"
//   terms, labels              what the page says: numbers, rules, words (articles/admin/story_terms)

export const terms = JSON.parse(document.getElementById("desk-story-terms")?.textContent ?? "{}")
export const labels = terms.labels ?? {}

export const storyForm = () => document.querySelector("[data-desk-story]")?.closest("form") ?? null

const callbacks = new Set()

export const onStoryChange = (callback) => {
  callbacks.add(callback)
  return () => callbacks.delete(callback)
}

// Lines of the dialogues and pictures within the form have no name: they are no fields of it.
const fieldOf = (target) => {
  if (target.closest?.("[data-desk-bylines]")) return "bylines"
  return target.form === storyForm() ? target.name : ""
}

const tell = ({ target }) => {
  const name = fieldOf(target)
  if (name) callbacks.forEach((callback) => callback(name))
}

export const formState = () => new URLSearchParams(new FormData(storyForm()))

const leaving = new Set()

export const onLeaving = (callback) => leaving.add(callback)

let kept = ""

// A new token is no change.
const saidBy = (state) => {
  const said = new URLSearchParams(state)
  said.delete("csrfmiddlewaretoken")
  return said.toString()
}

export const markKept = (state = formState()) => {
  kept = saidBy(state)
}

export const hasChanged = () => saidBy(formState()) !== kept

export const verbButton = (...names) => {
  const found = names.map((name) => storyForm().querySelector(`[name=_verb][value=${name}]`))
  return found.find(Boolean) ?? null
}

export const saveStory = (verb = "") => {
  const button = verb ? verbButton(verb) : storyForm().querySelector("[data-desk-save]")
  if (button) storyForm().requestSubmit(button)
  return Boolean(button)
}

export const setStatus = (text, kind = "") => {
  const place = document.querySelector("[data-desk-status]")
  if (!place) return
  if (place.textContent !== text) place.textContent = text
  place.dataset.kind = kind
}

const start = (form) => {
  let isLeaving = false
  // The desk keeps what is typed: a browser that filled the form again after "back" would make
  // unsaved text of what was saved.
  form.autocomplete = "off"
  markKept()
  form.addEventListener("input", tell)
  form.addEventListener("change", tell)
  // The skin's lists of choices tell only jQuery.
  window.django?.jQuery(form).on("change", (event) => event.originalEvent ?? tell(event))
  form.addEventListener("submit", (event) => setTimeout(() => (isLeaving = !event.defaultPrevented)))
  window.addEventListener("pageshow", () => (isLeaving = false))
  window.addEventListener("beforeunload", (event) => {
    leaving.forEach((callback) => callback())
    // Only the form itself may go unasked, not whoever stops it and leaves.
    if (!isLeaving && hasChanged()) event.preventDefault()
    isLeaving = false
  })
}

if (storyForm()?.querySelector("[name=title]")) start(storyForm())
