// How a picture looks in the body editor: what readers will see of it, what became of it, its
// lines, its alternative text, and the buttons that replace, move and remove it.

import { element, icon, iconButton, pictureElement } from "desk/elements"
import { knownOf, labels, sentenceFor } from "desk/known_pictures"
import { askForPicture } from "desk/picture_choice"
import { movePicture, writeBelow } from "desk/picture_moves"

const DECORATES = "presentation"

const change = (view, position, attributes) => {
  const { state } = view
  const tr = Object.entries(attributes).reduce(
    (changed, [name, value]) => changed.setNodeAttribute(position, name, value),
    state.tr,
  )
  view.dispatch(tr)
}

// The line for the alternative text, and the tick of a picture that needs none.
const altLine = (editor, getPos) => {
  const line = element("input", { type: "text", maxLength: 300 })
  line.setAttribute("aria-label", labels.alt)
  const tick = element("input", { type: "checkbox" })
  const label = element("span", { textContent: labels.alt })
  label.setAttribute("aria-hidden", "true")
  const decorates = element("label", {}, tick, labels.decorative)
  const dom = element("div", { contentEditable: "false" }, label, line, decorates)
  dom.dataset.line = "alt"
  line.addEventListener("input", () => change(editor.view, getPos(), { alt: line.value }))
  line.addEventListener("keydown", (event) => leaveAlt(event, editor, getPos))
  tick.addEventListener("change", () => {
    const role = tick.checked ? DECORATES : null
    change(editor.view, getPos(), { role, alt: tick.checked ? "" : line.value })
  })
  const show = (node) => {
    const known = knownOf(node.attrs)
    const isDecoration = node.attrs.role === DECORATES
    const alt = node.attrs.alt ?? ""
    if (line.value !== alt) line.value = alt
    tick.checked = isDecoration
    line.disabled = isDecoration
    line.placeholder = isDecoration ? "" : known?.alt || labels.altMissing
    dom.dataset.missing = String(!alt && !isDecoration && !known?.alt && !known?.is_decorative)
    line.setAttribute("aria-invalid", dom.dataset.missing)
  }
  return { dom, show }
}

const leaveAlt = (event, editor, getPos) => {
  if (event.isComposing) return
  if (event.key === "Enter") {
    event.preventDefault()
    writeBelow(editor, getPos())
  } else if (event.key === "Escape" || (event.key === "Tab" && event.shiftKey)) {
    event.preventDefault()
    const { nodeSize } = editor.state.doc.nodeAt(getPos())
    editor.chain().focus(getPos() + nodeSize - 2).run()
  }
}

const tools = (editor, getPos) => {
  const move = (step, name) => () => {
    const to = movePicture(editor, getPos(), step)
    if (to !== null) editor.view.nodeDOM(to)?.querySelector(`[data-tool=${name}]`)?.focus()
  }
  const remove = () => {
    const { nodeSize } = editor.state.doc.nodeAt(getPos())
    editor.chain().deleteRange({ from: getPos(), to: getPos() + nodeSize }).focus().run()
  }
  const acts = {
    replace: ["swap_horiz", labels.replace, () => askForPicture(editor, getPos())],
    up: ["arrow_upward", labels.moveUp, move(-1, "up")],
    down: ["arrow_downward", labels.moveDown, move(1, "down")],
    remove: ["delete", labels.remove, remove],
  }
  const buttons = Object.entries(acts).map(([name, [sign, label, act]]) => {
    const button = iconButton(sign, label, act)
    button.dataset.tool = name
    return button
  })
  const page = element("a", { target: "_blank", rel: "noopener", title: labels.openInLibrary })
  page.setAttribute("aria-label", labels.openInLibrary)
  page.append(icon("open_in_new"))
  const dom = element("div", { className: "desk-figure-tools", contentEditable: "false" })
  dom.setAttribute("role", "group")
  dom.setAttribute("aria-label", labels.pictureTools)
  dom.append(...buttons.slice(0, 3), page, buttons[3])
  const show = (node) => {
    const address = knownOf(node.attrs)?.page
    page.hidden = !address
    if (address) page.href = address
  }
  return { dom, show }
}

export const pictureView = ({ node, editor, getPos }) => {
  const image = pictureElement("")
  image.className = "desk-figure-image"
  const note = element("p", { className: "desk-figure-note", contentEditable: "false" })
  const contentDOM = document.createElement("figcaption")
  const alt = altLine(editor, getPos)
  const buttons = tools(editor, getPos)
  const dom = element("figure", { className: "desk-figure" })
  dom.append(buttons.dom, image, note, contentDOM, alt.dom)
  image.addEventListener("click", () => editor.commands.setNodeSelection(getPos()))
  image.addEventListener("dblclick", () => askForPicture(editor, getPos()))
  const show = (shown) => {
    const known = knownOf(shown.attrs)
    const address = known?.src || shown.attrs.src
    if (image.getAttribute("src") !== address) image.src = address
    for (const name of ["width", "height"]) {
      const size = shown.attrs[name]
      if (size === null) image.removeAttribute(name)
      else image.setAttribute(name, size)
    }
    image.setAttribute("aria-label", shown.attrs.alt ?? "")
    note.textContent = sentenceFor(known)
    note.hidden = !note.textContent
    dom.dataset.state = known?.state ?? ""
    alt.show(shown)
    buttons.show(shown)
  }
  show(node)
  return {
    dom,
    contentDOM,
    update: (updated) => {
      const isPicture = updated.type.name === "picture"
      if (isPicture) show(updated)
      return isPicture
    },
    // What happens in the buttons and in the line for the alternative text is no editing of text.
    stopEvent: ({ target }) => alt.dom.contains(target) || buttons.dom.contains(target),
    ignoreMutation: (mutation) =>
      mutation.type !== "selection" && !contentDOM.contains(mutation.target),
  }
}
