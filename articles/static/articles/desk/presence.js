// Says every few seconds that this window is there, and shows who else is and what they did.

import { askDesk, tellDeskAtTheEnd } from "desk/answers"
import { basedOn, here, labels, terms } from "desk/autosave_terms"
import { element } from "desk/elements"
import { hasTyped } from "desk/keeping"
import { dropNotice, notice } from "desk/notices"
import { tellNewer } from "desk/standing"
import { storyForm } from "desk/story"

const IN_SIGHT = 4_000 // milliseconds
const OUT_OF_SIGHT = 20_000
const FORGOTTEN = 300_000 // out of sight for so long: not here any more
const MOST_SILENCES = 3

const { tab } = here // whatever becomes of its text, it is one window
let timer = null
let hiddenSince = null
let silences = 0
let stage = terms.stage

const isWriting = () => Boolean(storyForm()?.elements.body) && hasTyped()

const person = ({ sentence, isWriting: writes }) => {
  const shown = element("span", { className: "desk-person", textContent: sentence })
  shown.dataset.writing = String(writes)
  return shown
}

// Only a change is said aloud.
const showPresent = (others) => {
  const place = document.querySelector("[data-desk-present]")
  const said = others.map((one) => one.sentence).join("\n")
  if (!place || place.dataset.said === said) return
  place.dataset.said = said
  place.replaceChildren(...others.map(person))
}

const showStage = (news) => {
  stage = news.stage
  notice("stage", news.sentence, { acts: [{ label: labels.dismiss, act: () => dropNotice("stage") }] })
  document.querySelectorAll("[data-desk-bar] .desk-stage").forEach((pill) => {
    pill.dataset.stage = news.stage
    pill.textContent = news.label
  })
}

const showNews = ({ others, newer, stage: news }) => {
  showPresent(others)
  if (newer) tellNewer(newer)
  if (news) showStage(news)
}

// A person who only reads hears of it here; who types hears of it from `desk/standing`.
const showTrouble = ({ reason, answer }) => {
  if (reason === "away") return
  const acts = answer.login ? [{ label: labels.login, href: answer.login }] : []
  if (answer.error && !isWriting()) notice("presence", answer.error, { kind: "warning", acts })
}

const beat = async () => {
  const said = { tab, isWriting: isWriting(), basedOn: basedOn(), stage }
  const outcome = await askDesk(terms.presence, said)
  silences = outcome.reason ? silences + 1 : 0
  if (!outcome.reason) {
    dropNotice("presence")
    showNews(outcome.answer)
  } else {
    showTrouble(outcome)
    if (silences >= MOST_SILENCES) showPresent([])
  }
}

const goOn = async () => {
  clearTimeout(timer)
  const isHidden = document.visibilityState === "hidden"
  if (isHidden && Date.now() - hiddenSince > FORGOTTEN) return leave()
  await beat()
  clearTimeout(timer)
  timer = setTimeout(goOn, isHidden ? OUT_OF_SIGHT : IN_SIGHT)
}

const leave = () => {
  clearTimeout(timer)
  tellDeskAtTheEnd(terms.presence, { tab, isLeaving: true })
}

const comesOrGoes = () => {
  hiddenSince = document.visibilityState === "hidden" ? Date.now() : null
  if (hiddenSince === null) goOn()
}

export const startPresence = () => {
  if (!terms.presence) return
  hiddenSince = document.visibilityState === "hidden" ? Date.now() : null
  document.addEventListener("visibilitychange", comesOrGoes)
  window.addEventListener("pagehide", leave)
  window.addEventListener("pageshow", (event) => event.persisted && goOn())
  goOn()
}
