// Offers the texts that only this browser kept, beside those the desk offers above the form.

import { clock, here, labels, restoredFrom, terms } from "desk/autosave_terms"
import { filledIn } from "desk/elements"
import { openedKey } from "desk/keeping"
import { copiesHere, forgetCopy, isAtDesk } from "desk/local_copies"
import { openWith } from "desk/opening"

const isOfThisPage = (copy) =>
  copy.tab === here.tab || (copy.tab === restoredFrom?.tab && copy.count <= restoredFrom.count)

const isSaved = (copy) => JSON.stringify(copy.content) === openedKey()

const isNews = (copy) => {
  if (isOfThisPage(copy)) return false
  if (!isAtDesk(copy) && !isSaved(copy)) return true
  forgetCopy(copy)
  return false
}

const wordsFor = (copy) => {
  const sentence = copy.newStory ? labels.copyOfNew : labels.copy
  return filledIn(sentence, { time: clock(copy.at) })
}

const show = (copy) => {
  const place = document.querySelector("[data-desk-offers]")
  const shown = place.querySelector("template").content.firstElementChild.cloneNode(true)
  const on = (name, act) => shown.querySelector(`[data-act=${name}]`)?.addEventListener("click", act)
  shown.querySelector("[data-words]").textContent = wordsFor(copy)
  shown.querySelector("[data-title]").textContent = terms.story ? "" : (copy.content.title?.[0] ?? "")
  on("compare", () => openWith(terms.compare, "_text", copy))
  on("restore", () => openWith(terms.form, "_restore", copy))
  on("discard", () => {
    forgetCopy(copy)
    shown.remove()
  })
  // The desk has an older state of the same text.
  place.querySelector(`[data-tab="${CSS.escape(copy.tab)}"]`)?.remove()
  place.append(shown)
}

export const offerCopies = () => copiesHere().filter(isNews).forEach(show)
