// Texts that only this browser has: one for each person, story and window, until the desk has it.
//
//   storeCopy(copy)      keeps `{ story, newStory, tab, count, basedOn, at, content }`; throws an
//                        error where the memory is full or forbidden
//   forgetCopy(copy)     it is kept elsewhere, saved or thrown away, as far as its `count`: what was
//                        typed in that window since stays
//   copiesHere()         those of whoever is logged in, for the story of this page (on the page of
//                        a new story for all new ones), the newest first
//   allCopiesHere()      theirs for all stories
//   isAtDesk(copy)       whether the desk has it, or had it before it was saved or thrown away
//
// The key names the person: whoever logs in here next is shown nothing of another's.

import { terms } from "desk/autosave_terms"

const BEGINNING = `desk-text:${terms.user}:`
const storyOf = ({ story, newStory }) => (story ? String(story) : `new-${newStory}`)
const keyOf = (copy) => `${BEGINNING}${storyOf(copy)}:${copy.tab}`

export const storeCopy = (copy) => window.localStorage.setItem(keyOf(copy), JSON.stringify(copy))

const read = (key) => {
  try {
    const copy = JSON.parse(window.localStorage.getItem(key))
    return copy && typeof copy.content === "object" && copy.tab ? copy : null
  } catch {
    return null
  }
}

export const forgetCopy = (copy) => {
  const key = keyOf(copy)
  if (read(key)?.count > copy.count) return
  try {
    window.localStorage.removeItem(key)
  } catch {
    // A memory that is forbidden holds nothing.
  }
}

const keys = () => {
  try {
    return Object.keys(window.localStorage)
  } catch {
    return []
  }
}

export const isAtDesk = (copy) =>
  terms.known.some(
    (one) => one.tab === copy.tab && one.count >= copy.count && storyOf(one) === storyOf(copy),
  )

export const copiesHere = () => copiesOf(terms.story ? `${terms.story}:` : "new-")

export const allCopiesHere = () => copiesOf("")

const copiesOf = (stories) => {
  const copies = keys().filter((key) => key.startsWith(BEGINNING + stories)).map(read)
  return copies.filter(Boolean).sort((one, other) => other.at - one.at)
}
