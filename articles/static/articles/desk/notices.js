// Lines below the bar, for what somebody must not overlook while they write: each is said once, by
// its name, and goes when it is over.

import { element, wordButton } from "desk/elements"

const place = () => document.querySelector("[data-desk-notices]")
const find = (name) => place()?.querySelector(`[data-notice="${name}"]`)

const linkTo = ({ label, href }) =>
  element("a", { className: "desk-button", textContent: label, href, target: "_blank", rel: "noopener" })

// `acts`: `{ label, act }` for a button, `{ label, href }` for a link that opens beside.
export const notice = (name, words, { kind = "", acts = [] } = {}) => {
  const known = find(name)
  if (!place() || known?.dataset.words === words) return
  const shown = element("div", { className: "desk-notice" }, element("p", { textContent: words }))
  Object.assign(shown.dataset, { notice: name, words, kind })
  shown.append(...acts.map((one) => (one.href ? linkTo(one) : wordButton(one.label, one.act, "desk-button"))))
  if (known) known.replaceWith(shown)
  else place().append(shown)
}

export const dropNotice = (name) => find(name)?.remove()
