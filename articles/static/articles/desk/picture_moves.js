// Where pictures go in the text, and how the keyboard goes through one: picture, caption, credit,
// alternative text, what follows.

import { pm } from "django-prose-editor/editor"

const { Fragment, Slice } = pm.model
const { NodeSelection, TextSelection } = pm.state
const { dropPoint } = pm.transform

// A picture as a node, with the lines below it.
export const pictureNode = (schema, attributes, caption = "", credit = "") => {
  const line = (name, text) => schema.nodes[name].create(null, text ? schema.text(text) : null)
  const lines = [line("pictureCaption", caption), line("pictureCredit", credit)]
  return schema.nodes.picture.create(attributes, lines)
}

// Where a picture goes that was meant for `position`: between two blocks, not into a table.
export const placeFor = (doc, position) => {
  const $position = doc.resolve(Math.max(0, Math.min(position, doc.content.size)))
  for (let depth = $position.depth; depth > 0; depth -= 1) {
    const { name } = $position.node(depth).type
    if (name === "table" || name === "picture") return $position.after(depth)
  }
  const { parent } = $position
  // An empty line stays below the picture, to write on.
  if (parent.isTextblock && !parent.childCount) return placeAround(doc, $position.before())
  return placeAround(doc, $position.pos)
}

const placeAround = (doc, position) => {
  const slice = new Slice(Fragment.from(pictureNode(doc.type.schema, {})), 0, 0)
  return dropPoint(doc, position, slice) ?? doc.content.size
}

// The position of the picture the selection is in, or on; null if there is none.
export const pictureAt = ({ selection }) => {
  if (selection.node?.type.name === "picture") return selection.from
  const { $from } = selection
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "picture") return $from.before(depth)
  }
  return null
}

// By keyboard

const partOf = (editor, selector) => {
  const position = pictureAt(editor.state)
  return position === null ? null : editor.view.nodeDOM(position)?.querySelector(selector)
}

export const goOn = (editor) => {
  const { selection, tr } = editor.state
  const name = selection.$from.parent.type.name
  if (selection.node?.type.name === "picture") {
    editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, selection.from + 2)))
    return true
  }
  if (name === "pictureCaption") {
    const credit = tr.doc.nodeAt(selection.$from.after())
    const end = selection.$from.after() + credit.nodeSize - 1
    const next = TextSelection.near(tr.doc.resolve(end), -1)
    editor.view.dispatch(tr.setSelection(next))
    return true
  }
  if (name !== "pictureCredit") return false
  const line = partOf(editor, "[data-line=alt] input:not(:disabled)")
  line?.focus()
  return Boolean(line)
}

export const goBack = (editor) => {
  const { selection, tr } = editor.state
  const name = selection.$from.parent.type.name
  if (name === "pictureCredit") {
    const before = TextSelection.near(tr.doc.resolve(selection.$from.before() - 1), -1)
    editor.view.dispatch(tr.setSelection(before))
    return true
  }
  if (name !== "pictureCaption" && selection.node?.type.name !== "picture") return false
  partOf(editor, ".desk-figure-tools button")?.focus()
  return true
}

export const leaveCredit = (editor) => {
  if (editor.state.selection.$from.parent.type.name !== "pictureCredit") return false
  return writeBelow(editor, pictureAt(editor.state))
}

// A new paragraph below a picture.
export const writeBelow = (editor, position) => {
  const after = position + editor.state.doc.nodeAt(position).nodeSize
  return editor.chain().insertContentAt(after, { type: "paragraph" }).focus(after + 1).run()
}

// Moving

// Past the block before it (-1) or the one after it (1); the new position, or null at the end.
export const movePicture = ({ state, view }, position, step) => {
  const { doc, tr } = state
  const $position = doc.resolve(position)
  const index = $position.index()
  const neighbour = $position.parent.maybeChild(index + step)
  if (!neighbour) return null
  const node = doc.nodeAt(position)
  const to = step < 0 ? position - neighbour.nodeSize : position + neighbour.nodeSize
  tr.delete(position, position + node.nodeSize).insert(to, node)
  view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, to)).scrollIntoView())
  return to
}

export const moveWith = (editor, step) => {
  const position = pictureAt(editor.state)
  if (position === null) return false
  movePicture(editor, position, step)
  return true
}
