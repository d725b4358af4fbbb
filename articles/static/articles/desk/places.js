// Leads to a place in the form of a story: to a field, or to a passage, a picture or a link of it.
//
//   goTo(field, kind, at)   `kind`: "passage", "picture", "link", or nothing for the field itself;
//                           says whether the place is still there

import { storyForm } from "desk/story"

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

// Where white space was folded, any will do.
const asPattern = (passage) => new RegExp(passage.split(/\s+/).map(escaped).join("\\s+"))

const inText = (doc, pattern) => {
  let found = null
  doc.descendants((node, position) => {
    if (found || !node.isTextblock) return !found
    // A line break is one place wide, and so is what stands for it.
    const match = pattern.exec(node.textBetween(0, node.content.size, "\n", "\n"))
    if (match) found = { from: position + 1 + match.index, to: position + 1 + match.index + match[0].length }
    return false
  })
  return found
}

const inNodes = (doc, fits) => {
  let found = null
  doc.descendants((node, position) => {
    if (!found && fits(node)) found = { from: position, to: position + node.nodeSize }
    return !found
  })
  return found
}

const isPicture = (at) => (node) => node.attrs.image === at || node.attrs.src === at

const leadsTo = (at) => (node) =>
  node.marks.some(({ attrs }) => attrs.href?.trim().split("#")[0] === at)

const LOOKING = {
  passage: (doc, at) => inText(doc, asPattern(at)),
  picture: (doc, at) => inNodes(doc, isPicture(at)),
  link: (doc, at) => inNodes(doc, leadsTo(at)),
}

const goInEditor = (editor, kind, at) => {
  const place = kind && LOOKING[kind]?.(editor.state.doc, at)
  if (place) {
    if (kind === "picture") editor.commands.setNodeSelection(place.from)
    else editor.commands.setTextSelection(place)
  }
  editor.commands.focus(null, { scrollIntoView: false })
  const node = place ? editor.view.domAtPos(place.from).node : editor.view.dom
  const shown = kind === "picture" && place ? editor.view.nodeDOM(place.from) : node
  const element = shown.nodeType === Node.ELEMENT_NODE ? shown : shown.parentElement
  element.scrollIntoView({ block: place ? "center" : "start" })
  return Boolean(place) || !kind
}

const goInLine = (line, at) => {
  const match = asPattern(at).exec(line.value)
  if (match) line.setSelectionRange(match.index, match.index + match[0].length)
  return Boolean(match)
}

// What of a field takes the keys: the skin draws boxes of its own over lists of choices.
const lineOf = (name) => {
  const form = storyForm()
  if (name === "bylines") return form.querySelector("[data-desk-bylines] input")
  if (name === "header_image") return form.querySelector("[data-header-picture] button:not([hidden])")
  const field = form.elements[name]
  return field?.nextElementSibling?.querySelector(".select2-selection") ?? field ?? null
}

export const goTo = (name, kind = "", at = "") => {
  const editor = name === "body" && storyForm()?.elements.body?.deskEditor
  if (editor) return goInEditor(editor, kind, at)
  const line = lineOf(name)
  if (!line) return false
  const panel = line.closest("details")
  if (panel) panel.open = true
  line.focus({ preventScroll: true })
  line.scrollIntoView({ block: "center" })
  return kind === "passage" ? goInLine(line, at) : true
}
