// Passages with notes, softly marked in the body editor. The marks are drawn over the document and
// are no part of it: nothing of them is ever stored.
//
//   showPassages(editor, passages)   marks them from now on; they move along with what is typed
//   showPassage(editor, id)          goes there; false if the passage stands there no more
//   selectedPassage(editor)          the passage that is selected, or null
//
// A click on a mark tells the page: `desk-note-clicked` with the ids, on the editor's element.

import { Extension, pm } from "django-prose-editor/editor"

import { cleanTree } from "desk/cleaning"
import { find, passageAt } from "desk/passages"

const { Plugin, PluginKey, TextSelection } = pm.state
const { Decoration, DecorationSet } = pm.view

const key = new PluginKey("deskNotes")

const wordsOf = (node) => node.text ?? (node.attrs.html ? cleanTree(node.attrs.html).textContent : "")

// The squeezed text of a document, and for each of its characters where it stands.
const read = (doc) => {
  const places = []
  let text = ""
  doc.descendants((node, position) => {
    const words = node.isText || node.isAtom ? wordsOf(node) : ""
    for (let at = 0; at < words.length; at += 1) {
      if (/\s/.test(words[at])) continue
      text += words[at]
      places.push(node.isText ? [position + at, position + at + 1] : [position, position + node.nodeSize])
    }
  })
  return { text, places }
}

const rangeOf = (passage, { text, places }) => {
  const found = find(passage, text)
  if (!found || found.start === found.end) return null
  return { from: places[found.start][0], to: places[found.end - 1][1], isChanged: found.isChanged }
}

const marked = ({ from, to, isChanged }, { id }) =>
  Decoration.inline(
    from,
    to,
    { class: `desk-noted${isChanged ? " desk-noted-changed" : ""}`, "data-note": String(id) },
    { id, inclusiveStart: false, inclusiveEnd: false },
  )

const decorationsFor = (doc, passages) => {
  const words = read(doc)
  const ranges = passages.map((passage) => [rangeOf(passage, words), passage])
  return DecorationSet.create(doc, ranges.filter(([range]) => range).map(([range, passage]) => marked(range, passage)))
}

const apply = (tr, decorations) => {
  const passages = tr.getMeta(key)
  if (passages) return decorationsFor(tr.doc, passages)
  return tr.docChanged ? decorations.map(tr.mapping, tr.doc) : decorations
}

const clicked = (view, position) => {
  const ids = key.getState(view.state).find(position, position).map(({ spec }) => spec.id)
  if (ids.length) view.dom.dispatchEvent(new CustomEvent("desk-note-clicked", { bubbles: true, detail: ids }))
  return false
}

export const NoteMarks = Extension.create({
  name: "noteMarks",
  addProseMirrorPlugins: () => [
    new Plugin({
      key,
      state: { init: () => DecorationSet.empty, apply },
      props: { decorations: (state) => key.getState(state), handleClick: clicked },
    }),
  ],
})

export const showPassages = ({ view }, passages) => {
  view.dispatch(view.state.tr.setMeta(key, passages).setMeta("addToHistory", false))
}

export const showPassage = ({ view }, id) => {
  const [found] = key.getState(view.state).find(undefined, undefined, (spec) => spec.id === id)
  if (!found) return false
  const selection = TextSelection.between(view.state.doc.resolve(found.from), view.state.doc.resolve(found.to))
  view.dispatch(view.state.tr.setSelection(selection).scrollIntoView())
  view.focus()
  return true
}

export const selectedPassage = ({ state }) => {
  const { from, to, empty } = state.selection
  if (empty) return null
  const { text, places } = read(state.doc)
  const start = places.findIndex(([begin]) => begin >= from)
  const end = places.findLastIndex(([, finish]) => finish <= to) + 1
  if (start < 0 || end <= start) return null
  return passageAt(text, start, end, state.doc.textBetween(from, to, "\n", wordsOf))
}
