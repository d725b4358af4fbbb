// Between the HTML of a stored body and the editor's document, without losing anything: what the
// document would not give back is kept as an opaque block.

import { pm } from "django-prose-editor/editor"

import { cleanTree } from "desk/cleaning"

const { DOMParser, DOMSerializer, Fragment } = pm.model

const MARKS = new Set("STRONG B EM I U S DEL SUB SUP CODE KBD MARK SMALL A".split(" "))
const TEXT_BLOCKS = new Set("P H2 H3 H4 H5 H6 PRE FIGCAPTION CAPTION DT SUMMARY".split(" "))
const BLOCKS = new Set(
  ("P H1 H2 H3 H4 H5 H6 UL OL LI BLOCKQUOTE HR PRE TABLE CAPTION THEAD TBODY TFOOT TR TH TD " +
    "FIGURE FIGCAPTION VIDEO AUDIO DETAILS SUMMARY DL DT DD DIV IFRAME").split(" "),
)
const SYNONYMS = { B: "STRONG", I: "EM", DEL: "S" }
const DEFAULTS = { colspan: "1", rowspan: "1", start: "1" }
const UNSAID = new Set(["rel", "style", "contenteditable", "referrerpolicy"])

// To the stored form

// A block nobody touched is stored as it was spelt: the editor's nodes are never changed, only
// replaced, so the same node is the same text, and need not be written twice.
const spellings = new WeakMap()

export const toStoredKeeping = (fragment, schema) => {
  const blocks = []
  fragment.forEach((node) => {
    if (!spellings.has(node)) spellings.set(node, toStored(Fragment.from(node), schema))
    blocks.push(spellings.get(node))
  })
  return blocks.join("\n")
}

export const toStored = (fragment, schema) => {
  const root = document.implementation.createHTMLDocument("").createElement("div")
  const serializer = DOMSerializer.fromSchema(schema)
  root.append(serializer.serializeFragment(fragment, { document }))
  root.querySelectorAll("figure[data-picture]").forEach(storePicture)
  root.querySelectorAll("table").forEach(storeTable)
  root.querySelectorAll("[data-opaque]").forEach(storeOpaque)
  root.querySelectorAll("li, th, td").forEach(unwrapText)
  const html = root.innerHTML
  return html === "<p></p>" ? "" : html
}

const storePicture = (figure) => {
  const image = figure.querySelector("img")
  image.removeAttribute("referrerpolicy")
  const caption = document.createElement("figcaption")
  caption.append(...figure.querySelector("[data-line=caption]").childNodes)
  const credit = figure.querySelector("[data-line=credit]")
  if (credit.childNodes.length) {
    const small = document.createElement("small")
    small.append(...credit.childNodes)
    caption.append(small)
  }
  figure.removeAttribute("data-picture")
  figure.replaceChildren(image, ...(caption.childNodes.length ? [caption] : []))
}

const storeTable = (table) => {
  table.querySelector(":scope > caption")?.removeAttribute("contenteditable")
  const body = table.querySelector(":scope > tbody")
  for (const row of [...body.children]) {
    const section = row.dataset.section
    row.removeAttribute("data-section")
    if (section) sectionOf(table, body, section).append(row)
  }
  if (!body.children.length) body.remove()
  for (const cell of table.querySelectorAll("th, td")) {
    for (const name of ["colspan", "rowspan"]) {
      if (cell.getAttribute(name) === "1") cell.removeAttribute(name)
    }
  }
}

const sectionOf = (table, body, name) => {
  const found = table.querySelector(`:scope > ${name}`)
  if (found) return found
  const section = document.createElement(name)
  if (name === "thead") body.before(section)
  else body.after(section)
  return section
}

const storeOpaque = (placeholder) => {
  placeholder.replaceWith(cleanTree(placeholder.dataset.opaque))
}

// `<li><p>text</p></li>` is stored as `<li>text</li>`, also before a list inside it.
const unwrapText = (element) => {
  const [first, ...others] = element.children
  const isAlone = others.every((child) => child.matches("ul, ol"))
  if (first?.tagName === "P" && isAlone && element.firstChild === first) {
    first.replaceWith(...first.childNodes)
  }
}

// From the stored form

export const fromStored = (html, schema) => {
  const nodes = blocksOf(cleanTree(html)).flatMap((block) => nodesOf(block, schema))
  return schema.topNodeType.createAndFill(null, nodes.length ? Fragment.from(nodes) : null)
}

// The blocks of a fragment; text between them is put into paragraphs.
const blocksOf = (content) => {
  const blocks = []
  let loose = null
  for (const node of [...content.childNodes]) {
    if (BLOCKS.has(node.nodeName)) {
      blocks.push(node)
      loose = null
    } else if (loose || node.textContent.trim() || node.nodeName === "IMG") {
      if (!loose) blocks.push((loose = document.createElement("p")))
      loose.append(node)
    }
  }
  return blocks
}

const nodesOf = (block, schema) => {
  const parent = document.createElement("div")
  parent.append(block)
  const html = block.outerHTML
  const wanted = signature(parent)
  tidySpaces(parent)
  const parser = DOMParser.fromSchema(schema)
  const parsed = parser.parse(parent, { preserveWhitespace: true }).content
  const again = document.createElement("template")
  again.innerHTML = toStored(parsed, schema)
  const isWhole = signature(again.content) === wanted
  const nodes = isWhole ? parsed.content : [schema.nodes.opaque.create({ html })]
  if (nodes.length === 1) spellings.set(nodes[0], html)
  return nodes
}

// White space that only separates lines of the source would become line breaks of the text.
const tidySpaces = (parent) => {
  for (const node of [...parent.childNodes]) {
    if (node.nodeType === 1 && node.tagName !== "PRE") tidySpaces(node)
    if (node.nodeType !== 3) continue
    node.data = node.data.replace(/[ \t\r\n\f]+/g, " ")
    if (isEdge(parent, node.nextSibling)) node.data = node.data.trimEnd()
    if (isEdge(parent, node.previousSibling)) node.data = node.data.trimStart()
  }
}

const isEdge = (parent, neighbour) =>
  neighbour ? BLOCKS.has(neighbour.nodeName) : BLOCKS.has(parent.nodeName)

// What a tree says, whichever way its marks are nested and its single paragraphs wrapped.
export const signature = (root) => {
  const out = []
  writeBlocks(root, out)
  return out.join("\n")
}

const writeBlocks = (parent, out) => {
  let run = []
  const flush = () => {
    writeText("P", "", run, out)
    run = []
  }
  for (const node of parent.childNodes) {
    if (node.nodeType === 1 && BLOCKS.has(node.tagName)) {
      flush()
      writeBlock(node, out)
    } else {
      run.push(node)
    }
  }
  flush()
}

const writeBlock = (element, out) => {
  if (TEXT_BLOCKS.has(element.tagName)) {
    writeText(element.tagName, attributes(element), [...element.childNodes], out)
    return
  }
  out.push(`<${element.tagName}${attributes(element)}>`)
  writeBlocks(element, out)
  out.push(`</${element.tagName}>`)
}

const writeText = (tag, said, nodes, out) => {
  const pieces = []
  const isCode = tag === "PRE"
  nodes.forEach((node) => collect(node, "", pieces, isCode))
  const text = isCode ? joined(pieces) : joined(collapse(pieces))
  if (text || tag !== "P") out.push(`<${tag}${said}>${text}`)
}

const collect = (node, marks, pieces, isCode) => {
  if (node.nodeType === 3) {
    pieces.push([marks, node.data])
  } else if (node.nodeType === 1 && (MARKS.has(node.tagName) || node.tagName === "SPAN")) {
    const mark = `${SYNONYMS[node.tagName] ?? node.tagName}${attributes(node)}`
    const all = [...new Set([...marks.split("|"), mark])].filter(Boolean).sort().join("|")
    node.childNodes.forEach((child) => collect(child, all, pieces, isCode))
  } else if (node.nodeType === 1) {
    const inner = node.tagName === "RUBY" ? node.innerHTML : node.textContent
    pieces.push([`${node.tagName}${attributes(node)}`, `\u0001${inner}`])
  }
}

// White space as a browser shows it: runs are one space, none at the ends.
const collapse = (pieces) => {
  let before = " "
  const collapsed = pieces.map(([marks, text]) => {
    const short = text.replace(/[ \t\r\n\f]+/g, " ")
    const kept = before.endsWith(" ") && short.startsWith(" ") ? short.slice(1) : short
    if (kept) before = kept
    return [marks, kept]
  })
  for (const piece of collapsed.toReversed()) {
    if (piece[1].endsWith(" ")) piece[1] = piece[1].slice(0, -1)
    if (piece[1]) break
  }
  return collapsed
}

const joined = (pieces) => {
  const runs = []
  for (const [marks, text] of pieces) {
    if (!text) continue
    if (runs.length && runs.at(-1)[0] === marks) runs.at(-1)[1] += text
    else runs.push([marks, text])
  }
  return runs.map(([marks, text]) => (marks ? `{${marks}:${text}}` : text)).join("")
}

const attributes = (element) =>
  [...element.attributes]
    .filter(({ name, value }) => !UNSAID.has(name) && DEFAULTS[name] !== value)
    .filter(({ name, value }) => value !== "" || name === "alt")
    .map(({ name, value }) => ` ${name}=${value}`)
    .sort()
    .join("")
