// Says where the text is that somebody types: in the bar in a few words, and below it in a sentence
// where they must know or can do something.

import { labels, terms } from "desk/autosave_terms"
import { filledIn } from "desk/elements"
import { dropNotice, notice } from "desk/notices"
import { setStatus } from "desk/story"

let wish = () => {} // what "go on here" does
let whyNotHere = "" // why this browser does not keep it; empty if it does
let last = { isKept: true }

export const onTakeOver = (act) => (wish = act)

const LOGIN = () => [{ label: labels.login, href: terms.login }]
const ELSEWHERE = ({ other }) => [
  { label: labels.takeOver, act: () => wish(other) },
  { label: labels.look, href: terms.compare },
]

const sentences = {
  away: () => ({ words: labels.away }),
  session: () => ({ words: labels.session, acts: LOGIN() }),
  person: () => ({ words: labels.person, acts: LOGIN() }),
  window: (answer) => ({
    words: filledIn(labels.elsewhere, { time: answer.other.time }),
    acts: ELSEWHERE(answer),
  }),
}
const otherwise = ({ error = "" }) => ({ words: filledIn(labels.refused, { reason: error }) })

const say = () => {
  if (last.isKept) return dropNotice("standing")
  const { words, acts } = (sentences[last.reason] ?? otherwise)(last.answer)
  if (whyNotHere) notice("standing", filledIn(labels.nowhere, { reason: words }), { kind: "error", acts })
  else notice("standing", words, { kind: "warning", acts })
  setStatus(whyNotHere ? labels.keptNowhere : labels.inBrowser, whyNotHere ? "error" : "warning")
}

const sayKept = ({ answer, isAll, isUndone }) => {
  if (isAll) setStatus(isUndone ? "" : filledIn(labels.kept, { time: answer.time }), "kept")
  dropNotice("notSent")
  if (answer.newer) tellNewer(answer.newer)
}

// Somebody saved while this page was open.
export const tellNewer = ({ sentence, compare }) =>
  notice("newer", sentence, { kind: "warning", acts: [{ label: labels.show, href: compare }] })

// What became of the text: at the desk (`reason`, `answer`, `isKept`, `isUndone`; `isAll`
// unless something was typed meanwhile), or in this browser (`isInBrowser`, `why`).
export const tellStanding = (standing) => {
  if ("isInBrowser" in standing) whyNotHere = standing.isInBrowser ? "" : standing.why
  else last = standing
  say()
  if (standing.isKept) sayKept(standing)
}

// Why a form was not sent.
export const tellNotSent = ({ reason, answer }) => {
  const { words, acts } = (sentences[reason] ?? otherwise)(answer)
  dropNotice("standing")
  notice("notSent", filledIn(labels.notSent, { reason: words }), { kind: "error", acts })
  setStatus(labels.inBrowser, "warning")
}
