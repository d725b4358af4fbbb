// The preview of the front page as it stands in the form, in a frame; and what fills its empty
// places. Both are asked for a moment after the last step. Each preview comes in a new frame behind
// the one that is shown, so that nothing flickers and the browser's way back stays what it was.

import { element } from "desk/elements"
import { token } from "desk/token"

const PAUSE = 350 // milliseconds
const KEY = "desk-front-width"

const recall = () => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

const remember = (width) => {
  try {
    localStorage.setItem(KEY, width)
  } catch {
    // Without room to remember, it is as it was opened.
  }
}

// What is clicked in the preview opens elsewhere, so that the preview stays one.
const leadElsewhere = (event) => {
  const link = event.target.closest?.("a[href]")
  if (!link || link.getAttribute("href").startsWith("#")) return
  event.preventDefault()
  window.open(link.href, "_blank", "noopener")
}

// `renew()` is to be called after every step.
export const startPreview = (root, form, { words, say, showFills }) => {
  const pane = root.querySelector("[data-desk-front-preview]")
  const stage = pane.querySelector("[data-stage]")
  const buttons = [...pane.querySelectorAll("[data-width]")]
  let width = recall() === "390" ? 390 : 1280
  let shown = null
  let coming = null
  let timer = null
  let count = 0

  const fit = () => {
    const scale = Math.min(1, stage.clientWidth / width)
    stage.style.setProperty("--scale", scale)
    stage.style.setProperty("--width", `${width}px`)
  }
  const choose = (chosen) => {
    width = chosen
    remember(width)
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.width === String(width)))
    fit()
  }

  const arrived = (frame) => {
    if (frame !== coming) return
    const page = frame.contentDocument
    if (!page?.querySelector("#content")) {
      frame.remove()
      coming = null
      return say(words.away)
    }
    page.addEventListener("click", leadElsewhere)
    frame.contentWindow.scrollTo(0, shown?.contentWindow?.scrollY ?? 0)
    frame.classList.remove("desk-front-coming")
    shown?.remove()
    shown = frame
    coming = null
  }

  const askPreview = () => {
    coming?.remove()
    const name = `desk-front-preview-${(count += 1)}`
    coming = element("iframe", { name, title: words.preview, className: "desk-front-frame desk-front-coming" })
    const frame = coming
    stage.append(frame)
    const sent = element("form", { method: "post", action: root.dataset.preview, target: name, hidden: true })
    for (const [key, value] of new FormData(form)) sent.append(element("input", { type: "hidden", name: key, value }))
    sent.elements.csrfmiddlewaretoken.value = token()
    document.body.append(sent)
    sent.submit()
    sent.remove()
    frame.addEventListener("load", () => frame.contentDocument?.URL !== "about:blank" && arrived(frame))
  }

  const askFills = async () => {
    const headers = { "X-CSRFToken": token() }
    const request = { method: "POST", body: new FormData(form), headers, redirect: "manual" }
    const mine = count
    const answer = await fetch(root.dataset.fills, request).catch(() => null)
    if (!answer?.ok) return say(words.away)
    const fills = await answer.json()
    if (mine === count) showFills(fills)
  }

  pane.hidden = false
  for (const button of buttons) button.addEventListener("click", () => choose(Number(button.dataset.width)))
  choose(width)
  new ResizeObserver(fit).observe(stage)
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      askPreview()
      askFills()
    }, PAUSE)
  }
}
