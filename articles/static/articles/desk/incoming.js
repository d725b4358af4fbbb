// Files on their way into the text: each has its place, which moves with the text around it, and
// shows there how far it is, or why it was refused.

import { Extension, pm } from "django-prose-editor/editor"

import { element, filledIn, wordButton } from "desk/elements"
import { attributesFor, labels, learn } from "desk/known_pictures"
import { pasted } from "desk/pasting"
import { pictureNode, placeFor } from "desk/picture_moves"
import { send } from "desk/sending"
import { picturesIn } from "desk/upload"

const { Plugin, PluginKey, Selection } = pm.state
const { Decoration, DecorationSet } = pm.view

const KEY = new PluginKey("incoming")

// An entry: `position` in the document, `dom` that shows there, the `file`, and whether the picture
// at the position is to be replaced. They are in the order in which they are to stand.

const moved = (entries, tr) => {
  const done = tr.getMeta(KEY)?.done
  const here = entries.indexOf(done)
  // What arrives stands after the places before its own, and before those after it.
  const side = (index) => (done ? (index > here ? 1 : -1) : entries[index].isReplacing ? 1 : -1)
  return entries
    .map((entry, index) => ({ entry, position: tr.mapping.map(entry.position, side(index)) }))
    .filter(({ entry }) => entry !== done)
    .map(({ entry, position }) => Object.assign(entry, { position }))
}

const applied = (tr, entries) => {
  const said = tr.getMeta(KEY) ?? {}
  const still = tr.docChanged || said.done ? moved(entries, tr) : entries
  return said.added ? [...still, ...said.added] : still
}

const decorations = (state) =>
  DecorationSet.create(
    state.doc,
    KEY.getState(state).map((entry) =>
      Decoration.widget(entry.position, entry.dom, {
        key: entry.key,
        side: -1,
        ignoreSelection: true,
        stopEvent: () => true,
      }),
    ),
  )

export const Incoming = Extension.create({
  name: "incoming",

  addProseMirrorPlugins: () => [
    new Plugin({
      key: KEY,
      state: { init: () => [], apply: applied },
      props: { decorations, handleDrop, handlePaste },
    }),
    pasted.plugin(takeFiles),
  ],
})

// Putting pictures in

export const insertPicture = (view, position, picture) => {
  const node = pictureNode(
    view.state.schema, attributesFor(picture), picture.caption, picture.credit,
  )
  view.dispatch(view.state.tr.insert(position, node).scrollIntoView())
  goTo(view, position)
}

// The caption was written for the story and stays; the credit belongs to the picture and goes.
export const replacePicture = (view, position, picture, meta = null) => {
  const { state } = view
  const before = state.doc.nodeAt(position)
  const [caption] = [before.firstChild]
  const node = pictureNode(state.schema, attributesFor(picture), picture.caption, picture.credit)
  const kept = caption.childCount ? node.copy(node.content.replaceChild(0, caption)) : node
  const tr = state.tr.replaceWith(position, position + before.nodeSize, kept)
  view.dispatch(meta ? tr.setMeta(KEY, meta) : tr)
  goTo(view, position)
}

// To the line for the alternative text if it is missing, otherwise to the caption.
const goTo = (view, position) => {
  const missing = view.nodeDOM(position)?.querySelector("[data-line=alt][data-missing=true] input")
  const { state } = view
  view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(position + 2))))
  if (missing) missing.focus()
  else view.focus()
}

// Files

let count = 0

const entryFor = (file, where) => {
  count += 1
  const said = element("span", { textContent: filledIn(labels.uploading, { name: file.name }) })
  const progress = element("progress", { max: 1, value: 0 })
  progress.setAttribute("aria-label", said.textContent)
  const dom = element("div", { className: "desk-incoming", contentEditable: "false" }, said, progress)
  return { ...where, key: `incoming-${count}`, file, dom, said, progress }
}

// `where`: `position`, and `isReplacing` if the picture there is to give way. Every file shows at
// once, and is put in when it has arrived.
export const takeFiles = (view, files, where) => {
  const entries = files.map((file) => entryFor(file, where))
  view.dispatch(view.state.tr.setMeta(KEY, { added: entries }))
  const { doc } = view.state
  entries.forEach((entry, index) => carry(view, entry, { isFirst: index === 0, doc }))
  view.focus()
}

const carry = async (view, entry, circumstances = {}) => {
  try {
    const picture = await send(entry.file, (part) => (entry.progress.value = part))
    learn(picture)
    arrive(view, entry, picture, circumstances)
  } catch (error) {
    refuse(view, entry, error)
  }
}

const arrive = (view, entry, picture, { isFirst, doc }) => {
  const { state } = view
  // Who went on writing is not to be interrupted.
  const isWaitedFor = isFirst && state.doc === doc && view.hasFocus()
  const meta = { done: entry }
  if (entry.isReplacing && state.doc.nodeAt(entry.position)?.type.name === "picture") {
    replacePicture(view, entry.position, picture, meta)
    return
  }
  const position = placeFor(state.doc, entry.position)
  const node = pictureNode(state.schema, attributesFor(picture), picture.caption, picture.credit)
  view.dispatch(state.tr.insert(position, node).setMeta(KEY, meta))
  if (isWaitedFor) goTo(view, position)
}

const refuse = (view, entry, error) => {
  const sentence = { name: entry.file.name, reason: error.message }
  entry.said.textContent = filledIn(labels.refused, sentence)
  entry.progress.hidden = true
  entry.dom.classList.add("desk-refused")
  entry.dom.setAttribute("role", "alert")
  const buttons = element("span", { className: "desk-refused-buttons" })
  const again = wordButton(labels.retry, () => {
    buttons.remove()
    entry.dom.classList.remove("desk-refused")
    entry.dom.removeAttribute("role")
    Object.assign(entry.progress, { hidden: false, value: 0 })
    entry.said.textContent = filledIn(labels.uploading, sentence)
    carry(view, entry)
  })
  again.hidden = Boolean(error.isFinal)
  const dismiss = wordButton(labels.dismiss, () => {
    view.dispatch(view.state.tr.setMeta(KEY, { done: entry }))
    view.focus()
  })
  buttons.append(again, dismiss)
  entry.dom.append(buttons)
}

const handleDrop = (view, event, _slice, isMove) => {
  const files = picturesIn(event.dataTransfer)
  if (isMove || !files.length || hasWords(event.dataTransfer)) return false
  event.preventDefault()
  takeFiles(view, files, { position: placeUnder(view, event) })
  return true
}

// Before the block that is pointed at, or after it: whichever edge is nearer.
const placeUnder = (view, { clientX, clientY }) => {
  const { doc } = view.state
  const $under = doc.resolve(view.posAtCoords({ left: clientX, top: clientY })?.pos ?? 0)
  if (!$under.depth) return placeFor(doc, $under.pos)
  const { top, bottom } = view.nodeDOM($under.before()).getBoundingClientRect()
  const isUpper = clientY < (top + bottom) / 2
  return placeFor(doc, isUpper ? $under.before() : $under.after())
}

const handlePaste = (view, event) => {
  const files = picturesIn(event.clipboardData)
  if (!files.length || hasWords(event.clipboardData)) return false
  takeFiles(view, files, { position: placeFor(view.state.doc, view.state.selection.to) })
  return true
}

// Word processors put a picture of the text beside the text, browsers the picture beside its
// address: there the HTML says more than the file.
export const hasWords = (transfer) => {
  const html = transfer.getData("text/html")
  if (!html) return false
  if (html.includes("data-pm-slice")) return true // of an editor's own text
  const { body } = new DOMParser().parseFromString(html, "text/html")
  return Boolean(body.textContent.trim() || body.querySelector("img[src^=http], img[data-src^=http]"))
}
