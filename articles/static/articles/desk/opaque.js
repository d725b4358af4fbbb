// Blocks the editor does not know how to edit: shown, movable, deletable, and kept word for word.

import { Node } from "django-prose-editor/editor"

import { cleanHTML } from "desk/cleaning"

const KEPT = ["figure", "video", "audio", "dl", "details"]

export const Opaque = Node.create({
  name: "opaque",
  group: "block",
  atom: true,
  draggable: true,
  selectable: true,
  priority: 10,

  addOptions: () => ({ labels: {} }),

  addAttributes: () => ({ html: { default: "", parseHTML: (element) => cleanHTML(element.outerHTML) } }),

  parseHTML: () => KEPT.map((tag) => ({ tag, priority: 20 })),

  renderHTML: ({ node }) => ["div", { "data-opaque": node.attrs.html }],

  addNodeView() {
    const { labels } = this.options
    return ({ node }) => {
      const dom = document.createElement("div")
      dom.className = "desk-opaque"
      dom.title = labels.keptHelp
      const label = document.createElement("span")
      label.className = "desk-opaque-label"
      label.textContent = labels.kept
      const content = document.createElement("div")
      content.inert = true
      content.innerHTML = cleanHTML(node.attrs.html)
      dom.append(label, content)
      return { dom }
    }
  },
})

export const Ruby = Node.create({
  name: "ruby",
  group: "inline",
  inline: true,
  atom: true,

  addAttributes: () => ({ html: { default: "", parseHTML: (element) => cleanHTML(element.innerHTML) } }),

  parseHTML: () => [{ tag: "ruby" }],

  renderHTML({ node }) {
    const dom = document.createElement("ruby")
    dom.innerHTML = cleanHTML(node.attrs.html)
    return { dom }
  },
})
