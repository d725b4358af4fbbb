// What the page says about keeping what is typed (articles/admin/autosave_terms.py), and which
// window this is.

import { storyForm } from "desk/story"

export const terms = JSON.parse(document.getElementById("desk-autosave-terms")?.textContent ?? "{}")
export const labels = terms.labels ?? {}

const hidden = (name) => storyForm()?.elements[name]?.value ?? ""
const windowIn = (name) =>
  hidden(`${name}_tab`) ? { tab: hidden(`${name}_tab`), count: Number(hidden(`${name}_count`)) } : null

// This window, the one whose text was put into the form of this one, and the one from whose text
// that goes on. A new story may be begun with what was typed in another one, `story`.
export const here = windowIn("autosave") ?? { tab: terms.tab, count: 0 }
const restored = windowIn("restored")
export const restoredFrom =
  restored && hidden("restored_story") ? { ...restored, story: Number(hidden("restored_story")) } : restored
export const goesOnFrom = windowIn("follows")

// Another window in the desk's eyes. `randomUUID` is only there over HTTPS.
export const newTab = () => crypto.getRandomValues(new Uint32Array(3)).join("-")

export const basedOn = () => Number(hidden("based_on")) || terms.basedOn || null

// The clock of the newsroom, in seconds: that of this machine may be wrong.
const ahead = Date.now() / 1000 - (terms.now ?? 0)
export const now = () => Date.now() / 1000 - ahead

// The Swedish way of writing a day is that of ISO 8601.
const DAY = { year: "numeric", month: "2-digit", day: "2-digit" }
const shown = (moment, options) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: terms.zone, ...options }).format(moment)

// The time of day by the outlet's clock, with the day if it is another.
export const clock = (seconds) => {
  const moment = new Date(seconds * 1000)
  const time = shown(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
  const [day, today] = [moment, new Date(now() * 1000)].map((one) => shown(one, DAY))
  return day === today ? time : `${day} ${time}`
}
