// On the first page: texts that this browser has and the desk has not. Each opens beside its story,
// or by itself if that is gone or somebody else's by now, and can be thrown away.

import { clock, terms } from "desk/autosave_terms"
import { allCopiesHere, forgetCopy, isAtDesk } from "desk/local_copies"
import { openWith } from "desk/opening"

const place = document.querySelector("[data-desk-copies]")
const list = place.querySelector("ul")

const addressOf = ({ story, newStory }) =>
  story ? terms.compare.replace("/0/", `/${story}/`) : terms.compareNew.replace(terms.number, newStory)

const showWhetherAny = () => (place.hidden = !list.children.length)

const line = (copy) => {
  const shown = place.querySelector("template").content.firstElementChild.cloneNode(true)
  const [open, discard] = ["open", "discard"].map((act) => shown.querySelector(`[data-act=${act}]`))
  const time = shown.querySelector("time")
  open.textContent = copy.content.title?.[0]?.trim() || terms.labels.untitled
  open.addEventListener("click", () => openWith(addressOf(copy), "_text", copy))
  time.dateTime = new Date(copy.at * 1000).toISOString()
  time.textContent = clock(copy.at)
  discard.addEventListener("click", () => {
    forgetCopy(copy)
    shown.remove()
    showWhetherAny()
  })
  return shown
}

list.append(...allCopiesHere().filter((copy) => !isAtDesk(copy)).map(line))
showWhetherAny()
