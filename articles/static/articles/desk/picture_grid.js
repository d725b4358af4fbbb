// The pictures that answer to a search, as a grid that arrow keys walk through.

import { element, icon, pictureElement, wordButton } from "desk/elements"
import { labels, terms } from "desk/known_pictures"

const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

// Instead of a picture that lies elsewhere and does not come.
const missingSign = () => {
  const sign = icon("cloud_off")
  sign.classList.add("desk-missing")
  return sign
}

const tile = (picture, choose) => {
  const name = element("span", { textContent: picture.name })
  const image = pictureElement(picture.thumb ?? picture.src)
  image.loading = "lazy"
  image.addEventListener("error", () => image.replaceWith(missingSign()))
  const button = element("button", { type: "button", title: picture.name }, image, name)
  button.addEventListener("click", () => choose(picture))
  return button
}

const tilesAcross = (tiles) => {
  const below = tiles.findIndex((each) => each.offsetTop > tiles[0].offsetTop)
  return below === -1 ? tiles.length : below
}

// One picture further, a row further, to the first or to the last.
const target = (key, here, tiles) => {
  if (key in STEPS) return here + STEPS[key]
  if (key === "ArrowDown") return Math.min(here + tilesAcross(tiles), tiles.length - 1)
  if (key === "ArrowUp") return here - tilesAcross(tiles)
  if (key === "Home") return 0
  return key === "End" ? tiles.length - 1 : null
}

const walk = (event, grid, leave) => {
  const tiles = [...grid.children]
  const to = target(event.key, tiles.indexOf(event.target), tiles)
  if (to === null) return
  event.preventDefault()
  if (event.key === "ArrowUp" && to < 0) leave()
  else tiles[to]?.focus()
}

const ask = async (words, page) => {
  const query = new URLSearchParams({ q: words, page })
  const answer = await fetch(`${terms.choose}?${query}`)
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
}

// `found` and `more` are to be put into a dialogue; `show(words)` asks anew. Both tell `say` how
// it went. `leave` takes the focus when an arrow leads above the first row.
export const createGrid = ({ choose, say, leave }) => {
  const found = element("div", { className: "desk-library-found" })
  found.setAttribute("role", "group")
  found.setAttribute("aria-label", labels.library)
  found.addEventListener("keydown", (event) => walk(event, found, leave))
  let asked = { words: "", next: null }
  const fill = async (words, page) => {
    const mine = (asked = { words, next: null })
    say(labels.searching)
    const answer = await ask(words, page).catch(() => null)
    if (asked !== mine) return
    const tiles = (answer?.pictures ?? []).map((picture) => tile(picture, choose))
    if (page === 1) found.replaceChildren()
    found.append(...tiles)
    asked.next = answer?.next ?? null
    more.hidden = !asked.next
    if (!answer) say(labels.noAnswer)
    else say(found.children.length ? "" : labels.noPictures)
    if (page > 1) tiles[0]?.focus()
  }
  const more = wordButton(labels.more, () => fill(asked.words, asked.next), "desk-library-more")
  more.hidden = true
  return { found, more, show: (words) => fill(words, 1) }
}
