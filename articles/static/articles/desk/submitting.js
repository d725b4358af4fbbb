// Before a form is sent: unless the desk answered a moment ago it is asked first, so that nothing
// ends in a login page or in the browser's own page of a network that is away. Then this one stays.

import { isDeskThere, isWell } from "desk/answers"
import { here } from "desk/autosave_terms"
import { followedWindow, isSafe, markSent, ready, supersededWindow } from "desk/keeping"
import { tellNotSent } from "desk/standing"
import { labels, setStatus } from "desk/story"

let isChecked = false
let isChecking = false

// The address of a page whose form was filled with a kept text would fill the next one, too.
const plain = (address) => {
  const url = new URL(address, location)
  url.searchParams.delete("kept")
  return url
}

const name = (form, which, { tab, count }) => {
  form.elements[`${which}_tab`].value = tab
  form.elements[`${which}_count`].value = count
}

const fill = (form) => {
  form.action = plain(form.action)
  name(form, "autosave", here)
  if (supersededWindow()) name(form, "restored", supersededWindow())
  if (followedWindow()) name(form, "follows", followedWindow())
}

const check = async (form, submitter) => {
  isChecking = true
  setStatus(labels.saving, "busy")
  const outcome = await ready()
  isChecking = false
  if (!isWell(outcome)) return tellNotSent(outcome)
  isChecked = true
  form.requestSubmit(submitter)
}

const submitted = (event) => {
  const form = event.currentTarget
  // Looks at the form once more: the last keystrokes count, too.
  const isKept = isSafe()
  if (isChecked || (isKept && isDeskThere())) {
    isChecked = false
    fill(form)
    setTimeout(() => event.defaultPrevented || markSent())
    return
  }
  event.preventDefault()
  event.stopImmediatePropagation()
  if (!isChecking) check(form, event.submitter)
}

export const startSubmitting = (form) => {
  history.replaceState(history.state, "", plain(location))
  form.addEventListener("submit", submitted, { capture: true })
}
