// Turns the textarea of a body into an editor; the textarea is what the form sends.

import { Editor, pm } from "django-prose-editor/editor"

import { cleanHTML } from "desk/cleaning"
import { withMarks } from "desk/pasting"
import { extensions } from "desk/schema"
import { fromStored, toStored, toStoredKeeping } from "desk/stored"
import { createToolbar } from "desk/toolbar"

const labels = JSON.parse(document.getElementById("desk-body-labels")?.textContent ?? "{}")

const ROOM = { top: 140, bottom: 80, left: 0, right: 0 } // pixels

const start = (textarea) => {
  const stored = textarea.value
  const element = document.createElement("div")
  element.className = "prose-editor desk-editor"
  textarea.before(element)
  element.append(textarea)
  const editor = new Editor({
    element,
    extensions: extensions(labels),
    editorProps: {
      attributes: { "aria-label": labels.body, "data-placeholder": labels.empty },
      transformPastedHTML: (html) => cleanHTML(withMarks(html)),
      // What stays in sight above and below the text must not cover the line that is written.
      scrollThreshold: ROOM,
      scrollMargin: ROOM,
    },
  })
  const opened = fromStored(stored, editor.schema)
  show(editor, opened)
  // As long as nothing is changed the form sends what it was given, to the letter.
  editor.on("update", () => {
    const isUntouched = editor.state.doc.eq(opened)
    textarea.value = isUntouched ? stored : toStoredKeeping(editor.state.doc.content, editor.schema)
    textarea.dispatchEvent(new Event("input", { bubbles: true }))
  })
  editor.view.dom.before(createToolbar(editor, labels))
  textarea.deskEditor = editor
  // For the tests: what the document says if nothing is remembered.
  textarea.deskStored = () => toStored(editor.state.doc.content, editor.schema)
}

// The document as it was stored is the beginning of the history, not a change.
const show = (editor, doc) => {
  const { tr } = editor.state
  tr.replaceWith(0, tr.doc.content.size, doc.content)
  tr.setSelection(pm.state.Selection.atStart(tr.doc))
  tr.setMeta("addToHistory", false)
  tr.setMeta("preventUpdate", true)
  editor.view.dispatch(tr)
}

document.querySelectorAll("textarea[data-desk-body]").forEach(start)
