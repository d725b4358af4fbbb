// Keys for what is done all day, and the list of them. Only keys that browsers and Chinese input
// methods leave alone; while an input method composes, every key is its own.
//
//   addShortcut({ name, keys, label, act })   `keys`: "mod+s", "mod+enter", "alt+shift+p"; `mod` is
//                                             Ctrl, or Command on a Mac; `act` returns false if
//                                             there is nothing to be done now
//   ask(title, help, yes)                     a promise of true or false: a question with two buttons

import { element, wordButton } from "desk/elements"
import { labels } from "desk/story"

const IS_MAC = /Mac|iP(ad|hone)/.test(navigator.platform)
const SIGNS = IS_MAC
  ? { mod: "⌘", alt: "⌥", shift: "⇧", enter: "↩" }
  : { mod: "Ctrl", alt: "Alt", shift: "Shift", enter: "Enter" }

const known = []

// The way of a story first, whichever module came first.
const FIRST = ["save", "submit", "publish", "preview"]
const rank = ({ name }) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)

export const addShortcut = (shortcut) => known.push(shortcut)

const fits = (keys, event) => {
  const wanted = keys.split("+")
  const key = wanted.at(-1)
  const isMod = IS_MAC ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
  return (
    (wanted.includes("mod") ? isMod : !event.ctrlKey && !event.metaKey) &&
    wanted.includes("shift") === event.shiftKey &&
    wanted.includes("alt") === event.altKey &&
    (event.code === `Key${key.toUpperCase()}` || event.key.toLowerCase() === key)
  )
}

// 229 is what browsers say of a key that went to an input method, also where they end composing.
export const isComposing = (event) => event.isComposing || event.keyCode === 229

const pressed = (event) => {
  if (isComposing(event) || event.getModifierState?.("AltGraph")) return
  const shortcut = known.find(({ keys }) => fits(keys, event))
  if (!shortcut) return
  event.preventDefault()
  event.stopPropagation()
  if (!event.repeat && !document.querySelector("dialog[open]")) shortcut.act()
}

// A question mark outside of every line asks for the list; the skin's own list is elsewhere.
const asked = (event) => {
  const isWriting = event.target.closest?.("input, textarea, select, [contenteditable=true]")
  if (isWriting || isComposing(event) || !/^[?？]$/.test(event.key)) return
  if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return
  event.stopPropagation()
  showShortcuts()
}

const signsOf = (keys) =>
  keys.split("+").map((key) => element("kbd", { textContent: SIGNS[key] ?? key.toUpperCase() }))

const open = (dialog) => {
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

export const showShortcuts = () => {
  const list = element("dl", { className: "desk-keys" })
  for (const { keys, label } of [...known].sort((one, other) => rank(one) - rank(other))) {
    list.append(element("div", {}, element("dt", { textContent: label }), element("dd", {}, ...signsOf(keys))))
  }
  const dialog = element("dialog", { className: "desk-dialog" })
  dialog.append(
    element("h2", { textContent: labels.shortcuts }),
    list,
    element("div", { className: "desk-dialog-buttons" }, wordButton(labels.close, () => dialog.close(), "desk-button")),
  )
  dialog.setAttribute("aria-label", labels.shortcuts)
  open(dialog)
}

export const ask = (title, help, yes) =>
  new Promise((resolve) => {
    const dialog = element("dialog", { className: "desk-dialog" })
    dialog.setAttribute("aria-label", title)
    const answer = (said) => () => {
      resolve(said)
      dialog.close()
    }
    const confirm = wordButton(yes, answer(true), "desk-button desk-button-primary")
    dialog.append(
      element("h2", { textContent: title }),
      element("p", { textContent: help }),
      element(
        "div",
        { className: "desk-dialog-buttons" },
        wordButton(labels.cancel, answer(false), "desk-button"),
        confirm,
      ),
    )
    dialog.addEventListener("close", () => resolve(false))
    open(dialog)
    confirm.focus()
  })

export const startShortcuts = () => {
  const button = document.querySelector("[data-desk-help]")
  button.hidden = false
  button.addEventListener("click", showShortcuts)
  window.addEventListener("keydown", pressed, { capture: true })
  window.addEventListener("keydown", asked, { capture: true })
}
