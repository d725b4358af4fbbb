// What is pasted from another program goes to the desk, which tidies it by the rules of imports;
// meanwhile its place is held, and moves with the text around it. It arrives as one step that can be
// undone, whatever was typed since.

import { Extension, pm } from "django-prose-editor/editor"

import { cleanTree } from "desk/cleaning"
import { element, filledIn } from "desk/elements"
import { hasWords } from "desk/incoming"
import { dropNotice, notice } from "desk/notices"
import { expect, marked } from "desk/pasting"
import { underWay } from "desk/sending"
import { fromStored } from "desk/stored"
import { terms } from "desk/story"
import { token } from "desk/token"

const { closeHistory } = pm.history
const { DOMParser: Parser, Slice } = pm.model
const { Plugin, PluginKey, Selection } = pm.state
const { Decoration, DecorationSet } = pm.view

const KEY = new PluginKey("tidying")
const PATIENCE = 15_000 // milliseconds

const { labels = {}, ...asked } = terms.pasting ?? {}

// An entry: its `key`, `from` and `to` in the document, what stood there (`before`), and the `dom`
// that shows.

const moved = (entry, { mapping }) => {
  const to = mapping.map(entry.to, -1)
  return { ...entry, from: Math.min(mapping.map(entry.from, 1), to), to }
}

const applied = (tr, entries) => {
  const { added, done } = tr.getMeta(KEY) ?? {}
  const still = entries.filter(({ key }) => key !== done).map((entry) => moved(entry, tr))
  return added ? [...still, added] : still
}

const decorations = (state) =>
  DecorationSet.create(
    state.doc,
    KEY.getState(state).flatMap(({ from, to, dom, key }) => [
      Decoration.inline(from, to, { class: "desk-giving-way" }),
      Decoration.widget(to, dom, { key, side: -1, ignoreSelection: true }),
    ]),
  )

export const Tidying = Extension.create({
  name: "tidying",

  addProseMirrorPlugins: () => [
    new Plugin({
      key: KEY,
      state: { init: () => [], apply: applied },
      props: { decorations, handleDOMEvents: { paste } },
    }),
  ],
})

const paste = (view, event) => {
  const html = event.clipboardData?.getData("text/html") ?? ""
  // Our own text is as it should be; with the shift key only its letters are wanted.
  if (html.includes("data-pm-slice") || view.input.shiftKey || view.composing) return false
  if (!asked.address || !hasWords(event.clipboardData) || !isRunningText(view.state)) return false
  event.preventDefault()
  take(view, marked(html))
  return true
}

// Neither code nor the lines of a picture nor cells that are chosen: there letters are put in.
const isRunningText = ({ selection }) => {
  if (selection.node || selection.ranges.length > 1) return false
  const { $from, $to } = selection
  const around = [$from, $to].flatMap(($end) => Array.from({ length: $end.depth + 1 }, (_, d) => $end.node(d)))
  return around.every(({ type }) => !type.spec.code && type.name !== "picture")
}

let count = 0

const take = async (view, { html, files }) => {
  const { doc, selection } = view.state
  // Past the end of the text there is nothing to write on.
  const from = Selection.near(doc.resolve(selection.from), 1).from
  const end = Selection.near(doc.resolve(selection.to), -1)
  count += 1
  const dom = element("span", { className: "desk-tidying", textContent: labels.tidying })
  dom.setAttribute("role", "status")
  const place = { from: Math.min(from, end.to), to: end.to }
  const before = doc.slice(place.from, place.to)
  const added = { key: `tidying-${count}`, ...place, before, dom }
  view.dispatch(view.state.tr.setSelection(end).setMeta(KEY, { added }))
  const answer = await underWay(tidied(html))
  if (!view.isDestroyed) arrive(view, added.key, answer, files)
}

// Never rejects: `{ html, notice }`, or `{ rough, notice }` if the desk could not do it.
const tidied = async (html) => {
  try {
    if (html.length > asked.most) throw new Error(labels.large)
    const answer = await fetch(asked.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ user: asked.user, html }),
      signal: AbortSignal.timeout(PATIENCE),
    })
    const said = await answer.json()
    if (!answer.ok) throw new Error(said.error)
    return said
  } catch (error) {
    // What the browser says of a lost network is for nobody to read.
    const why = error.constructor === Error && error.message ? error.message : labels.away
    return { rough: html, notice: filledIn(labels.rough, { why }) }
  }
}

const contentOf = ({ html, rough }, schema) =>
  rough === undefined
    ? fromStored(html, schema).content
    : Parser.fromSchema(schema).parse(cleanTree(rough)).content

const arrive = (view, key, answer, files) => {
  const { state } = view
  const entry = KEY.getState(state).find((one) => one.key === key)
  const content = contentOf(answer, state.schema)
  const tr = closeHistory(state.tr).setMeta(KEY, { done: key })
  if (content.size > 2 || !content.firstChild.isTextblock) {
    put(tr, state, entry, content)
    expect(files)
  }
  view.dispatch(tr.setMeta("paste", true).setMeta("uiEvent", "paste"))
  // What is typed next is a step of its own.
  view.dispatch(closeHistory(view.state.tr))
  say(answer.notice)
}

// Until it was read, or something else is pasted.
const say = (sentence) => {
  const dismiss = { label: labels.dismiss, act: () => dropNotice("pasting") }
  if (sentence) notice("pasting", sentence, { acts: [dismiss] })
  else dropNotice("pasting")
}

const put = (tr, { doc, selection }, { from, to, before }, content) => {
  // What was changed while it gave way stays.
  const start = doc.slice(from, to).content.eq(before.content) ? from : to
  const isWaitedFor = selection.empty && selection.from === to
  const $place = doc.resolve(to)
  const [first, last] = ["firstChild", "lastChild"].map((side) => openness(content, side, $place))
  tr.replaceRange(start, to, new Slice(content, first, last))
  if (!isWaitedFor) return
  tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(to)), -1)).scrollIntoView()
}

// How deep the first or the last block may join what is around it: text joins text, items join a
// list; a heading that begins a longer piece stays one.
const openness = (content, side, $place) => {
  const block = content[side]
  if (block.isTextblock) return block.type.name === "paragraph" || content.childCount === 1 ? 1 : 0
  const around = Array.from({ length: $place.depth + 1 }, (_, d) => $place.node(d).type)
  if (!around.includes(block.type)) return 0
  let depth = 0
  for (let node = block; node && !node.isLeaf; node = node[side]) depth += 1
  return depth
}
