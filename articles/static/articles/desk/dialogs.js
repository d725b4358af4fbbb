// The questions the body editor asks: for a link, a picture, a table, a language, the HTML.

import { updateAttrsDialog } from "django-prose-editor/editor"

import { cleanTree } from "desk/cleaning"
import { labels as pictureLabels } from "desk/known_pictures"
import { pictureNode, placeFor } from "desk/picture_moves"
import { fromStored, toStored } from "desk/stored"

const ask = (editor, labels, title, properties, values = {}) =>
  relabelled(
    updateAttrsDialog(properties, { title, submitText: labels.apply })(editor, values),
    labels,
  )

// The dialogue of the library has its own word for "cancel".
const relabelled = (answer, labels) => {
  for (const button of document.querySelectorAll(".prose-editor-dialog button[value=cancel]")) {
    button.textContent = labels.cancel
  }
  return answer
}

// `www.example.com` means the web: without a scheme it would lead nowhere on this site.
const withScheme = (address) =>
  /^([a-z][a-z0-9+.-]*:|[/#?])/i.test(address) ? address : `https://${address}`

export const askForLink = async (editor, labels) => {
  const answer = await ask(
    editor,
    labels,
    labels.link,
    { href: { title: labels.address, required: true }, title: { title: labels.linkTitle } },
    editor.getAttributes("link"),
  )
  if (!answer?.href) return
  const attributes = { href: withScheme(answer.href.trim()), title: answer.title || null }
  const chain = editor.chain().focus().extendMarkRange("link")
  if (editor.state.selection.empty && !editor.isActive("link")) {
    const text = attributes.href
    chain.insertContent({ type: "text", text, marks: [{ type: "link", attrs: attributes }] }).run()
  } else {
    chain.setMark("link", attributes).run()
  }
}

// `position`: of the picture that gets another address; null if a picture is added.
export const askForAddress = async (editor, position) => {
  const labels = pictureLabels
  const known = position === null ? {} : editor.state.doc.nodeAt(position).attrs
  const lines = { caption: { title: labels.caption }, credit: { title: labels.credit } }
  const questions = {
    src: { title: labels.pictureAddress, required: true },
    alt: { title: labels.alt },
    ...(position === null ? lines : {}),
  }
  const answer = await ask(editor, labels, labels.picture, questions, known)
  if (!answer?.src) return
  const address = answer.src.trim()
  if (position === null) addByAddress(editor, { ...answer, address })
  else giveAddress(editor, position, { ...answer, address })
}

const addByAddress = ({ state, view }, { address, alt, caption, credit }) => {
  const place = placeFor(state.doc, state.selection.to)
  const node = pictureNode(state.schema, { src: address, alt }, caption, credit)
  view.dispatch(state.tr.insert(place, node).scrollIntoView())
  view.focus()
}

const giveAddress = ({ state, view }, position, { address, alt }) => {
  const { attrs } = state.doc.nodeAt(position)
  const forgotten = address === attrs.src ? {} : { width: null, height: null, image: null }
  const role = alt ? null : attrs.role
  const attributes = { ...attrs, ...forgotten, src: address, alt, role }
  view.dispatch(state.tr.setNodeMarkup(position, null, attributes))
  view.focus()
}

export const askForTable = async (editor, labels) => {
  const number = { format: "number", min: "1", max: "50", default: "3" }
  const answer = await ask(editor, labels, labels.table, {
    rows: { ...number, title: labels.rows },
    columns: { ...number, title: labels.columns },
    head: { type: "boolean", title: labels.headerRow, default: true },
  })
  if (!answer) return
  const [rows, columns] = [answer.rows, answer.columns].map((text) => Number.parseInt(text, 10))
  editor.chain().focus().insertBodyTable({ rows, columns, head: answer.head }).run()
}

export const askForTableCaption = async (editor, labels) => {
  const known = cleanTree(editor.getAttributes("table").caption ?? "").textContent
  const answer = await ask(
    editor,
    labels,
    labels.tableCaption,
    { caption: { title: labels.tableCaption } },
    { caption: known },
  )
  if (!answer || answer.caption === known) return
  const written = document.createElement("div")
  written.textContent = answer.caption
  editor.chain().focus().updateAttributes("table", { caption: written.innerHTML || null }).run()
}

export const askForLanguage = async (editor, labels) => {
  const answer = await ask(
    editor,
    labels,
    labels.codeLanguage,
    { language: { title: labels.codeLanguage, description: labels.codeLanguageHelp } },
    { language: editor.getAttributes("codeBlock").language ?? "" },
  )
  if (!answer) return
  const language = answer.language.trim().toLowerCase() || null
  editor.chain().focus().updateAttributes("codeBlock", { language }).run()
}

export const askForHTML = async (editor, labels) => {
  const { doc, schema, tr } = editor.state
  const html = toStored(doc.content, schema).replace(/(<\/(?:p|h\d|ul|ol|figure|pre|table|blockquote)>|<hr>)/g, "$1\n")
  const answer = await ask(
    editor,
    labels,
    labels.html,
    { html: { title: labels.html, format: "textarea" } },
    { html },
  )
  if (!answer || answer.html === html) return
  const written = fromStored(answer.html, schema)
  editor.view.dispatch(tr.replaceWith(0, doc.content.size, written.content))
}
