// Asking the desk: every answer is one of a few outcomes, whatever happened on the way.

import { here, terms } from "desk/autosave_terms"
import { renewTokens, token } from "desk/token"

const PATIENCE = 20_000 // milliseconds

const headers = (said) => ({ "Content-Type": "application/json", "X-CSRFToken": said })
const bodyOf = (said) => JSON.stringify({ user: terms.user, tab: here.tab, ...said })

const readAnswer = async (response) => {
  try {
    return await response.json()
  } catch {
    return null
  }
}

// A page instead of JSON: the token was refused, or something stands between us and the desk.
const outcomeOf = async (response) => {
  const answer = await readAnswer(response)
  if (response.ok && answer) return { reason: "", answer }
  if (answer?.reason) return { reason: answer.reason, answer }
  if (response.status === 403) return { reason: "session", answer: {} }
  return { reason: "away", answer: {} }
}

// Reasons that only a desk gives that is there, and knows who asks.
const WELL = new Set(["", "revision", "window", "large"])
const FRESH = 15_000 // milliseconds
let lastWell = Date.now() // the page itself was an answer
let lastToken = token()

// A desk that answers well may have asked for a password meanwhile. The token is that of the
// question: until the answer is here, somebody else may have logged in.
const noted = (outcome, said) => {
  const isThere = WELL.has(outcome.reason)
  if (isThere) renewTokens((lastToken = said))
  lastWell = isThere ? Date.now() : 0
  return outcome
}

export const isWell = ({ reason }) => WELL.has(reason)

// Whether the desk answered just now that it takes something from whoever sits here, and nobody
// logged in since.
export const isDeskThere = () => Date.now() - lastWell < FRESH && token() === lastToken

// Resolves to `{ reason, answer }`; never rejects. `reason` is empty if all is well, otherwise that
// of articles/admin/desk_door.py, or "away" if there is no answer.
export const askDesk = async (address, said, { patience = PATIENCE } = {}) => {
  const signal = AbortSignal.timeout(patience)
  const own = token()
  const request = { method: "POST", headers: headers(own), body: bodyOf(said), redirect: "manual", signal }
  try {
    return noted(await outcomeOf(await fetch(address, request)), own)
  } catch {
    return noted({ reason: "away", answer: {} }, own)
  }
}

// What a browser sends for a page that goes; longer ones it refuses (Fetch, "inflight keepalive
// bytes").
const MOST_AT_THE_END = 60_000 // bytes

// Says whether it was handed over; nobody hears the answer.
export const tellDeskAtTheEnd = (address, said) => {
  const body = new Blob([bodyOf(said)])
  if (body.size > MOST_AT_THE_END) return false
  fetch(address, { method: "POST", headers: headers(token()), body, keepalive: true }).catch(() => {})
  return true
}
