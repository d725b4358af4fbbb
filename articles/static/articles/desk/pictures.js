// A picture in the text: the image, and below it a line for the caption and one for the credit.

import { Node, pm } from "django-prose-editor/editor"

import { goBack, goOn, leaveCredit, moveWith } from "desk/picture_moves"
import { pictureView } from "desk/picture_view"

const { DOMParser, Fragment } = pm.model
const { Plugin } = pm.state
const { Decoration, DecorationSet } = pm.view

const ATTRIBUTES = {
  src: "src", alt: "alt", role: "role", width: "width", height: "height", image: "data-image",
}
const INLINE = new Set(
  "A B STRONG I EM U S DEL SUB SUP CODE KBD MARK SMALL BR RUBY RT RP".split(" "),
)

const elementsOnly = (element) =>
  [...element.childNodes].every((node) => node.nodeType === 1 || !node.textContent.trim())

// The image and the caption of a figure that is one picture; null for any other figure.
const partsOf = (figure) => {
  const [image, caption, ...more] = figure.children
  const isPicture = image?.tagName === "IMG" && !more.length && elementsOnly(figure)
  if (!isPicture || figure.hasAttribute("data-embed")) return null
  if (caption && caption.tagName !== "FIGCAPTION") return null
  const isText = [...(caption?.querySelectorAll("*") ?? [])].every((el) => INLINE.has(el.tagName))
  return isText ? { image, caption } : null
}

const attributesOf = (image) =>
  Object.fromEntries(
    Object.entries(ATTRIBUTES).map(([name, html]) => [name, image.getAttribute(html)]),
  )

const lineOf = (type, element, schema) =>
  DOMParser.fromSchema(schema).parse(element, { topNode: type.create(), preserveWhitespace: true })

const linesOf = (figure, schema) => {
  const caption = partsOf(figure)?.caption
  const text = caption?.cloneNode(true) ?? document.createElement("span")
  let credit = document.createElement("span")
  if (text.lastChild?.nodeName === "SMALL") {
    credit = text.lastChild
    credit.remove()
  }
  const { pictureCaption, pictureCredit } = schema.nodes
  return Fragment.from([
    lineOf(pictureCaption, text, schema),
    lineOf(pictureCredit, credit, schema),
  ])
}

export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "pictureCaption pictureCredit",
  draggable: true,
  isolating: true,

  addAttributes: () =>
    Object.fromEntries(Object.keys(ATTRIBUTES).map((name) => [name, { default: null }])),

  parseHTML: () => [
    {
      tag: "figure",
      priority: 60,
      getAttrs: (figure) => {
        const parts = partsOf(figure)
        return parts ? attributesOf(parts.image) : false
      },
      getContent: linesOf,
    },
    {
      tag: "img[src]",
      getAttrs: attributesOf,
      getContent: (_image, schema) => linesOf(document.createElement("figure"), schema),
    },
  ],

  renderHTML: ({ node }) => ["figure", { "data-picture": "" }, storedImage(node), ["div", 0]],

  addNodeView: () => pictureView,

  addKeyboardShortcuts: () => ({
    Enter: ({ editor }) => goOn(editor) || leaveCredit(editor),
    Tab: ({ editor }) => goOn(editor),
    "Shift-Tab": ({ editor }) => goBack(editor),
    "Alt-ArrowUp": ({ editor }) => moveWith(editor, -1),
    "Alt-ArrowDown": ({ editor }) => moveWith(editor, 1),
  }),
})

const storedImage = (node) => {
  const image = document.createElement("img")
  for (const [name, html] of Object.entries(ATTRIBUTES)) {
    if (node.attrs[name] !== null) image.setAttribute(html, node.attrs[name])
  }
  return image
}

// An empty line says in grey what belongs there.
const placeholders = (name, text) =>
  new Plugin({
    props: {
      decorations: ({ doc }) => {
        const found = []
        doc.descendants((node, position) => {
          if (node.type.name === name && !node.childCount) {
            const attributes = { class: "desk-empty-line", "data-placeholder": text }
            found.push(Decoration.node(position, position + node.nodeSize, attributes))
          }
        })
        return DecorationSet.create(doc, found)
      },
    },
  })

const pictureLine = (name, tag) =>
  Node.create({
    name,
    content: "inline*",
    selectable: false,
    addOptions: () => ({ placeholder: "" }),
    parseHTML: () => [{ tag: `div[data-line=${tag}]` }],
    renderHTML: () => ["div", { "data-line": tag }, 0],
    addProseMirrorPlugins() {
      return [placeholders(name, this.options.placeholder)]
    },
  })

export const PictureCaption = pictureLine("pictureCaption", "caption")
export const PictureCredit = pictureLine("pictureCredit", "credit")
