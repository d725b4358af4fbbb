// Pictures that lie within pasted HTML as `data:` are files like any other: each is sent to the
// library, and its place is kept.

import { pm } from "django-prose-editor/editor"

import { placeFor } from "desk/picture_moves"

const { Plugin } = pm.state

// No address of anybody's (RFC 2606): it only marks a place between cleaning and inserting.
const MARK = "https://pasted.invalid/"
const DATA = /^data:(image\/[\w.+-]+);base64,/i

// Mark -> file, of what is about to be put into the document.
const files = new Map()
let count = 0

const fileFrom = (address) => {
  const [head, type] = DATA.exec(address)
  const bytes = Uint8Array.from(atob(address.slice(head.length)), (sign) => sign.charCodeAt(0))
  const ending = type.toLowerCase().split("/")[1].split("+")[0]
  return new File([bytes], `pasted.${ending}`, { type })
}

const markFor = (address, found) => {
  try {
    const file = fileFrom(address)
    count += 1
    found.set(`${MARK}${count}`, file)
    return `${MARK}${count}`
  } catch {
    return null
  }
}

// What shows until a lazy picture is loaded is none itself.
const isStandIn = (image) =>
  [...image.attributes].some(({ name, value }) => /^(data|_|zoom|file)/.test(name) && /^(https?:)?\/\//.test(value.trim()))

// `html` in which each `data:` picture is a marked place, and the `files` by their marks.
export const marked = (html) => {
  const found = new Map()
  if (!/data:image/i.test(html)) return { html, files: found }
  const parsed = new DOMParser().parseFromString(html, "text/html")
  for (const image of parsed.querySelectorAll("img")) {
    const address = (image.getAttribute("src") ?? "").trim()
    if (!/^data:/i.test(address)) continue
    const mark = DATA.test(address) && !isStandIn(image) ? markFor(address, found) : null
    image.setAttribute("src", mark ?? "")
  }
  return { html: parsed.body.innerHTML, files: found }
}

// The next change of the document brings these; to be said right before it.
export const expect = (found) => found.forEach((file, mark) => files.set(mark, file))

// The same at once, where nothing is waited for.
export const withMarks = (html) => {
  const found = marked(html)
  expect(found.files)
  return found.html
}

// Takes the marked pictures out of the document; `places` says where they stood.
const withoutMarks = (state) => {
  const { tr } = state
  const places = []
  state.doc.descendants((node, position) => {
    if (node.type.name !== "picture" || !files.has(node.attrs.src)) return true
    const from = tr.mapping.map(position)
    tr.delete(from, from + node.nodeSize)
    places.push({ file: files.get(node.attrs.src), position: from })
    files.delete(node.attrs.src)
    return false
  })
  return { tr, places }
}

export const pasted = {
  plugin: (takeFiles) => {
    let places = []
    return new Plugin({
      appendTransaction: (transactions, _before, state) => {
        if (!files.size || !transactions.some((tr) => tr.docChanged)) return null
        const found = withoutMarks(state)
        // Where no picture may stand, as in a caption, it comes after.
        const lost = [...files.values()].map((file) => ({ file, position: state.selection.to }))
        files.clear()
        places = [...found.places, ...lost]
        return found.places.length ? found.tr : null
      },
      view: () => ({
        update: (view) => {
          const taken = places
          places = []
          for (const { file, position } of taken) {
            takeFiles(view, [file], { position: placeFor(view.state.doc, position) })
          }
        },
      }),
    })
  },
}
