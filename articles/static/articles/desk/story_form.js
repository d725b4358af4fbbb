// Starts what the writing screen does by itself.

import { startAlone, toggleAlone } from "desk/alone"
import { startBylines } from "desk/bylines"
import { startChecks } from "desk/checks"
import { startCounting } from "desk/counting"
import { element } from "desk/elements"
import { startElsewhere } from "desk/elsewhere"
import { startHeaderPicture } from "desk/header_picture"
import { labels } from "desk/known_pictures"
import { startLines } from "desk/lines"
import { startNotes } from "desk/notes"
import { startPreview } from "desk/preview"
import { allSent, isSending } from "desk/sending"
import { addShortcut, ask, startShortcuts } from "desk/shortcuts"
import { startSide } from "desk/side"
import { labels as words, onStoryChange, saveStory, setStatus, storyForm, verbButton } from "desk/story"
import { startTags } from "desk/tags"

// A story that is saved while files are on their way waits for them; if one was refused, it is not
// saved, so that the reason stays to be read.
const startWaiting = (form) => {
  const said = element("p", { className: "desk-waiting" })
  said.setAttribute("role", "status")
  form.querySelector("[data-desk-body]").closest(".desk-body").prepend(said)
  const goOn = async (submitter) => {
    said.textContent = labels.waiting
    await allSent()
    const isRefused = form.querySelector(".desk-refused") !== null
    said.textContent = isRefused ? labels.notSaved : ""
    if (isRefused) form.querySelector(".desk-refused").scrollIntoView({ block: "center" })
    else form.requestSubmit(submitter)
  }
  const wait = (event) => {
    if (!isSending()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (said.textContent !== labels.waiting) goOn(event.submitter)
  }
  form.addEventListener("submit", wait, { capture: true })
}

// A file that misses its place would be opened by the browser, instead of the story.
const guard = (event) => {
  const isFile = event.dataTransfer?.types.includes("Files")
  if (isFile && !event.defaultPrevented) event.preventDefault()
}

// A verb by its keys: asked about, since it is one slip of a finger away.
const doVerb = async (names, title, help) => {
  const button = verbButton(...names)
  if (button && (await ask(title, help, button.textContent))) saveStory(button.value)
}

const startKeys = () => {
  addShortcut({ name: "save", keys: "mod+s", label: words.save, act: () => saveStory() })
  addShortcut({
    name: "submit",
    keys: "mod+enter",
    label: words.submit,
    act: () => doVerb(["submit"], words.askSubmit, words.askSubmitHelp),
  })
  addShortcut({
    name: "publish",
    keys: "mod+shift+enter",
    label: words.publish,
    act: () => doVerb(["publish", "approve_and_publish"], words.askPublish, words.askPublishHelp),
  })
  addShortcut({
    name: "preview",
    keys: "alt+shift+p",
    label: words.preview,
    act: () => document.querySelector("[data-desk-preview]")?.click(),
  })
  addShortcut({ name: "alone", keys: "alt+shift+f", label: words.alone, act: toggleAlone })
  startShortcuts()
}

const startWriting = (form) => {
  startWaiting(form)
  startLines()
  startCounting()
  startElsewhere()
  startAlone()
  startKeys()
  onStoryChange(() => setStatus(words.unsaved))
  form.addEventListener("submit", (event) => event.defaultPrevented || setStatus(words.saving, "busy"))
}

document.querySelectorAll("[data-desk-bylines]").forEach(startBylines)
document.querySelectorAll("[data-desk-tags]").forEach(startTags)
document.querySelectorAll("[data-header-picture]").forEach(startHeaderPicture)
if (storyForm()) startSide()
if (storyForm()) startNotes()
if (storyForm()) startPreview()
if (storyForm()) startChecks()
if (storyForm()?.elements.title) startWriting(storyForm())
window.addEventListener("dragover", guard)
window.addEventListener("drop", guard)
