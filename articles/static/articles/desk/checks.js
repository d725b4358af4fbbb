// What stands between the story and its publication, said beside it while it is written: after each
// pause, of what stands on the screen.

import { goTo } from "desk/places"
import { formState, onStoryChange, storyForm } from "desk/story"
import { token } from "desk/token"

const PAUSE = 1000 // milliseconds without a change

// With the token that counts now; the form keeps its own until the desk knows who sits here.
const storyNow = () => {
  const body = formState()
  body.set("csrfmiddlewaretoken", token())
  return body
}

const request = (signal) => {
  const isWriting = storyForm().elements.title !== undefined
  // An answer that leads elsewhere is the login page: it is not followed.
  const terms = { signal, redirect: "manual" }
  return isWriting ? { ...terms, method: "POST", body: storyNow() } : terms
}

// Whoever stands on a button in the panel stays there.
const put = (panel, html) => {
  const buttons = () => [...panel.querySelectorAll("button, a")]
  const place = buttons().indexOf(document.activeElement)
  panel.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes)
  if (place >= 0) buttons()[Math.min(place, buttons().length - 1)]?.focus()
}

const lead = ({ target }) => {
  const button = target.closest("button[data-field]")
  if (!button) return
  const { field, kind, at } = button.dataset
  // Where the column lies over the story, a place in the story is hidden behind it.
  const isOver = document.querySelector("[data-desk-side-button]:not([hidden])")
  if (isOver && !isInColumn(field)) isOver.click()
  goTo(field, kind, at)
}

const isInColumn = (name) => {
  const field = storyForm().elements[name] ?? document.querySelector(`[data-desk-${name}]`)
  return field instanceof Element && field.closest("[data-desk-side]") !== null
}

export const startChecks = () => {
  const panel = document.querySelector("[data-desk-checks]")
  if (!panel?.dataset.address) return
  let said = ""
  let asked = null
  let waiting = 0

  const look = async () => {
    clearTimeout(waiting)
    asked?.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      const answer = await fetch(panel.dataset.address, request(signal))
      if (!answer.ok) throw new Error(answer.statusText)
      const html = await answer.text()
      if (html !== said) put(panel, html)
      said = html
      delete panel.dataset.isStale
    } catch {
      // With the server away, what was said last stays, and looks like it.
      if (!signal.aborted) panel.dataset.isStale = ""
    }
  }
  const lookSoon = () => {
    clearTimeout(waiting)
    waiting = setTimeout(look, PAUSE)
  }

  panel.addEventListener("click", lead)
  onStoryChange(lookSoon)
  // In another window a picture may have got its words, or a link its answer.
  window.addEventListener("focus", lookSoon)
  // Nobody is told what an empty page lacks.
  if (!("isNew" in panel.dataset)) look()
}
