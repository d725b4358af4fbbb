// On the first page: stories of which this browser has text that the desk has not. The form of each
// offers it; of a story that was never saved nothing else leads there.

import { clock, terms } from "desk/autosave_terms"
import { element } from "desk/elements"
import { allCopiesHere, isAtDesk } from "desk/local_copies"

const addressOf = ({ story }) => (story ? terms.form.replace("/0/", `/${story}/`) : terms.newForm)

const line = (copy) => {
  const textContent = copy.content.title?.[0]?.trim() || terms.labels.untitled
  const dateTime = new Date(copy.at * 1000).toISOString()
  const time = element("time", { dateTime, textContent: clock(copy.at) })
  return element("li", {}, element("a", { href: addressOf(copy), textContent }), " ", time)
}

const place = document.querySelector("[data-desk-copies]")
const copies = allCopiesHere().filter((copy) => !isAtDesk(copy))
place.querySelector("ul").append(...copies.map(line))
place.hidden = !copies.length
