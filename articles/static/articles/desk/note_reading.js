// Passages with notes on a page that is only read: marked without touching the text (CSS Custom
// Highlight API); where a browser has none, the notes still stand in the panel.

import { find, passageAt } from "desk/passages"

const canMark = () => "highlights" in CSS

// The squeezed text of an element, and for each of its characters the text node it stands in.
const read = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const places = []
  let text = ""
  while (walker.nextNode()) {
    const { data } = walker.currentNode
    for (let at = 0; at < data.length; at += 1) {
      if (/\s/.test(data[at])) continue
      text += data[at]
      places.push([walker.currentNode, at])
    }
  }
  return { text, places }
}

const rangeOf = (passage, { text, places }) => {
  const found = find(passage, text)
  if (!found || found.start === found.end) return null
  const range = new Range()
  range.setStart(...places[found.start])
  const [node, at] = places[found.end - 1]
  range.setEnd(node, at + 1)
  return range
}

// The same three as of an editor (desk/note_marks), for the element `root`.
export const readingMarks = (root) => {
  let ranges = new Map()
  const clicked = ({ clientX, clientY }) => {
    if (!getSelection().isCollapsed) return
    const isThere = ({ left, right, top, bottom }) =>
      clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
    const ids = [...ranges].filter(([, range]) => [...range.getClientRects()].some(isThere)).map(([id]) => id)
    if (ids.length) root.dispatchEvent(new CustomEvent("desk-note-clicked", { bubbles: true, detail: ids }))
  }
  root.addEventListener("click", clicked)
  return {
    showPassages: (passages) => {
      const words = read(root)
      const found = passages.map((passage) => [passage.id, rangeOf(passage, words)])
      ranges = new Map(found.filter(([, range]) => range))
      if (canMark()) CSS.highlights.set("desk-noted", new Highlight(...ranges.values()))
    },
    showPassage: (id) => {
      const range = ranges.get(id)
      if (!range) return false
      getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset)
      range.startContainer.parentElement.scrollIntoView({ block: "center" })
      return true
    },
    selectedPassage: () => {
      const selection = getSelection()
      if (selection.isCollapsed || !root.contains(selection.anchorNode) || !root.contains(selection.focusNode)) return null
      const chosen = selection.getRangeAt(0)
      const { text, places } = read(root)
      const isIn = ([node, at]) => chosen.isPointInRange(node, at) && (node !== chosen.endContainer || at < chosen.endOffset)
      const start = places.findIndex(isIn)
      const end = places.findLastIndex(isIn) + 1
      return start < 0 ? null : passageAt(text, start, end, selection.toString())
    },
  }
}
