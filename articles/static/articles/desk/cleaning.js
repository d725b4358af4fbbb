// HTML from a clipboard, a dialogue or a document's attributes becomes part of this page only
// through here: the skin's Alpine runs what stands in attributes such as `x-init` or `@click`.

const said = document.getElementById("desk-body-vocabulary")?.textContent ?? "{}"
// Element -> attributes: the words of a stored body, as the server knows them.
const VOCABULARY = new Map(Object.entries(JSON.parse(said)))
const SYNONYMS = { b: "strong", i: "em", del: "s", strike: "s", ins: "u", h1: "h2" }
const WITH_CONTENT = new Set(
  ("script style template noscript title head iframe frame object embed applet noembed noframes " +
    "xmp plaintext textarea select button input").split(" "),
)
const PARTS = "div, section, article, main, header, footer, aside, nav, address, center, form"
const BLOCKS = `${PARTS}, p, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, hr, pre, table, figure, dl`
const HTML = "http://www.w3.org/1999/xhtml"
const INVISIBLE = /[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]/g
const LANGUAGE = /^language-[a-z0-9+#._-]{1,30}$/

// The schemes an address may have, by its attribute.
const SCHEMES = {
  href: ["http:", "https:", "mailto:"],
  src: ["http:", "https:"],
  poster: ["http:", "https:"],
}
// Without this attribute an element says nothing.
const NEEDS = { a: "href", img: "src" }

// A fragment that belongs to no page, with nothing in it but the words of a stored body.
export const cleanTree = (html) => {
  const template = document.createElement("template")
  template.innerHTML = html
  const tree = template.content
  const comments = document.createNodeIterator(tree, NodeFilter.SHOW_COMMENT)
  for (let comment; (comment = comments.nextNode()); ) comment.remove()
  tree.querySelectorAll("*").forEach(cleanElement)
  return tree
}

export const cleanHTML = (html) => {
  const root = document.createElement("template")
  root.content.append(cleanTree(html))
  return root.innerHTML
}

const cleanElement = (element) => {
  const name = element.localName
  if (element.namespaceURI !== HTML || WITH_CONTENT.has(name)) element.remove()
  else if (name in SYNONYMS) rename(element, element.style.fontWeight === "normal" ? "" : SYNONYMS[name])
  else if (VOCABULARY.has(name)) cleanAttributes(element, VOCABULARY.get(name))
  else rename(element, element.matches(PARTS) && !element.querySelector(BLOCKS) ? "p" : "")
}

// Another element around the same content, or none.
const rename = (element, name) => {
  const content = [...element.childNodes]
  if (!name) return element.replaceWith(...content)
  const renamed = element.ownerDocument.createElement(name)
  renamed.append(...content)
  return element.replaceWith(renamed)
}

const cleanAttributes = (element, known) => {
  for (const { name, value } of [...element.attributes]) {
    const kept = known.includes(name) ? accepted(name, value) : null
    if (kept === null) element.removeAttribute(name)
    else if (kept !== value) element.setAttribute(name, kept)
  }
  const need = NEEDS[element.localName]
  if (need && !element.getAttribute(need)) rename(element, "")
}

const accepted = (name, value) => {
  if (name === "class") return value.split(/\s+/).find((word) => LANGUAGE.test(word)) ?? null
  return !(name in SCHEMES) || isAddress(value, SCHEMES[name]) ? value : null
}

// As a browser reads it: white space and signs that are not seen do not hide a scheme.
const isAddress = (value, schemes) => {
  const bare = value.replace(INVISIBLE, "").replaceAll("\\", "/")
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(bare)
  return scheme ? schemes.includes(scheme[0].toLowerCase()) : !/^[&:]/.test(bare)
}
