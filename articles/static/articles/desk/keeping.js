// Keeps what is typed: in this browser at once, at the desk a second later. Nothing is asked of
// whoever writes; they read in the bar where their text is.
//
//   startKeeping()        from now on
//   sendNow()             to the desk, if there is anything; resolves to what became of it
//   ready()               the same, and asks the desk in any case whether it is there
//   isSafe()              whether the text lies anywhere but in this page
//   takeOver(other)       this window's text is wanted instead of that of another one
//   supersededWindow()    whose text the desk has as long as it does not have this one's, or null
//   followedWindow()      the text of another window that this one goes on from, or null
//   openedKey()           what is saved, as a key; null if the page came with unsaved text
//   hasTyped()            whether the form says something else than what is saved
//   markSent()            the form is on its way; what is typed from now on is not in it

import { askDesk, tellDeskAtTheEnd } from "desk/answers"
import { basedOn, goesOnFrom, here, newTab, now, restoredFrom, terms } from "desk/autosave_terms"
import { forgetCopy, storeCopy } from "desk/local_copies"
import { tellStanding } from "desk/standing"
import { formState, markKept, onLeaving, onStoryChange } from "desk/story"

const OF_THE_PAGE = /^(csrfmiddlewaretoken|based_on|new_story|_.*|(autosave|restored|follows)_(tab|count)|restored_story)$/
const BROWSER_PAUSE = 300 // milliseconds without a key
const BROWSER_MOST = 2_000
const DESK_PAUSE = 1_000
const DESK_MOST = 10_000
const RETRIES = [2_000, 4_000, 8_000, 15_000, 30_000]

let opened = null // what the page was opened with, if that is what is saved
let taken = { key: null, content: null } // what was last looked at
let atDesk = null // the key of what the desk has
let inBrowser = null // the key of what this browser has
let failures = 0
let isSent = false
let isLeaving = false // the next page may have been made before the desk heard the last of this one
let superseded = restoredFrom ? [restoredFrom] : [] // windows whose text this one goes on from
let followed = goesOnFrom // whatever its save makes, this one is based on that
let sending = null

const contentNow = () => {
  const content = {}
  for (const [name, value] of formState()) {
    if (!OF_THE_PAGE.test(name)) (content[name] ??= []).push(value)
  }
  return content
}

// The form as it is now; the count grows with every change.
const take = () => {
  const content = contentNow()
  const key = JSON.stringify(content)
  if (key === taken.key) return taken
  if (isSent) part()
  if (taken.key !== null) here.count += 1
  taken = { key, content, count: here.count, state: formState() }
  return taken
}

export const supersededWindow = () => superseded[0] ?? null

export const followedWindow = () => followed

// Typed while a form is on its way: a text of its own, as if of another window. The page that comes
// back may go on counting as the one whose form was sent.
const part = () => {
  followed = { ...here }
  superseded.push({ ...here, isOwn: true })
  here.tab = newTab()
  isSent = false
}

export const hasTyped = () => take().key !== opened

export const openedKey = () => opened

const copyOf = ({ content, count }) => ({
  story: terms.story,
  newStory: terms.newStory,
  tab: here.tab,
  count,
  basedOn: basedOn(),
  follows: followed,
  at: now(),
  content,
})

// In this browser

const keepHere = () => {
  const form = take()
  if (form.key === inBrowser) return
  if (form.key === atDesk || form.key === opened) {
    forgetHere()
    markKept(form.state)
    return
  }
  try {
    storeCopy(copyOf(form))
    inBrowser = form.key
    superseded.filter(({ isOwn }) => isOwn).forEach(forgetWindow)
    markKept(form.state)
    tellStanding({ isInBrowser: true })
  } catch (error) {
    inBrowser = null
    tellStanding({ isInBrowser: false, why: error.name })
  }
}

// What the next page must offer, if it does not know that the desk has it, stays for that.
const forgetHere = () => {
  if (isLeaving) return
  forgetCopy(copyOf(taken))
  inBrowser = null
}

const forgetWindow = ({ tab, count, story = terms.story }) =>
  forgetCopy({ ...copyOf(taken), story, tab, count })

// At the desk

const send = async () => {
  const form = take()
  if (form.key === atDesk) return { reason: "", isNothing: true }
  const isUndone = form.key === opened
  const content = isUndone ? null : form.content
  const before = [...superseded]
  const { tab } = here
  const outcome = await askDesk(terms.keep, { ...saidOf(form), content })
  learn({ ...form, before, tab }, outcome)
  return outcome
}

const saidOf = ({ content, count }) => ({
  content,
  count,
  basedOn: basedOn(),
  insteadOf: supersededWindow(),
  follows: followed,
})

const learn = (form, { reason, answer }) => {
  const isKept = !reason || (reason === "revision" && answer.isKept)
  if (isKept) {
    atDesk = form.key
    failures = 0
    forgetSuperseded(form)
    document.dispatchEvent(new CustomEvent("desk:kept", { detail: { tab: form.tab } }))
  }
  const isAll = form.key === JSON.stringify(contentNow())
  if (!isSent) tellStanding({ reason, answer, isKept, isAll, isUndone: form.key === opened })
  if (!isKept) {
    document.dispatchEvent(new CustomEvent("desk:refused"))
    retryLater(reason)
  }
}

const forgetSuperseded = (form) => {
  if (form.key === taken.key) {
    forgetHere()
    markKept(form.state)
  }
  form.before.forEach(forgetWindow)
  superseded = superseded.filter((window) => !form.before.includes(window))
}

// One request at a time: the next one takes what was typed meanwhile.
export const sendNow = async () => {
  clearTimeout(timers.desk)
  since.desk = undefined
  while (sending) await sending
  sending = send()
  try {
    return await sending
  } finally {
    sending = null
  }
}

// The person wants the text of this window, and has seen that there is another.
export const takeOver = (other) => {
  superseded.unshift(other)
  return sendNow()
}

// Time

const timers = {}
const since = {}

const soon = (name, act, pause, most) => {
  since[name] ??= Date.now()
  clearTimeout(timers[name])
  const left = since[name] + most - Date.now()
  timers[name] = setTimeout(() => {
    since[name] = undefined
    act()
  }, Math.max(0, Math.min(pause, left)))
}

// What trying again does not help.
const HOPELESS = new Set(["refused", "gone", "large", "malformed"])

const retryLater = (reason) => {
  if (HOPELESS.has(reason)) return
  const pause = RETRIES[Math.min(failures, RETRIES.length - 1)]
  failures += 1
  soon("desk", sendNow, pause, pause)
}

const changed = () => {
  isLeaving = false
  soon("browser", keepHere, BROWSER_PAUSE, BROWSER_MOST)
  if (!failures) soon("desk", sendNow, DESK_PAUSE, DESK_MOST)
}

const leaves = () => {
  keepHere()
  isLeaving = true
}

const tryAgain = () => {
  if (!failures) return
  failures = 0
  sendNow()
}

// The page goes, or out of sight, and may not come back.
const goes = () => {
  keepHere()
  const form = take()
  if (isSent || form.key === atDesk || form.key === opened) return
  tellDeskAtTheEnd(terms.keep, saidOf(form))
}

const comesOrGoes = () => (document.visibilityState === "hidden" ? goes() : tryAgain())

// Whether the text as it is now lies at the desk or in this browser, whatever becomes of the page.
export const isSafe = () => {
  keepHere()
  return [atDesk, inBrowser].includes(take().key)
}

// Whether a form that is sent now will arrive, and its text lie at the desk whatever becomes of it.
export const ready = async () => {
  keepHere()
  const outcome = await sendNow()
  return outcome.isNothing ? askDesk(terms.keep, { isCheck: true, count: here.count }) : outcome
}

export const markSent = () => {
  isSent = true
  clearTimeout(timers.desk)
  since.desk = undefined
}

export const startKeeping = () => {
  const form = take()
  if (terms.isUnsaved) {
    keepHere()
    sendNow()
  } else {
    opened = form.key
    atDesk = form.key
  }
  onStoryChange(changed)
  onLeaving(leaves)
  window.addEventListener("pagehide", goes)
  document.addEventListener("visibilitychange", comesOrGoes)
  window.addEventListener("focus", tryAgain)
  window.addEventListener("online", tryAgain)
}
