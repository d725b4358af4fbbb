// The row of buttons above the body, and the menu of paragraph kinds.

import {
  askForHTML, askForLanguage, askForLink, askForTable, askForTableCaption,
} from "desk/dialogs"
import { iconButton } from "desk/elements"
import { askForPicture } from "desk/picture_choice"

// Hidden behind "more" where the column is narrow.
const RARE = { isRare: true }

const mark = (name, icon, more = {}) => ({
  name,
  icon,
  ...more,
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
  isActive: (editor) => editor.isActive(name),
})

const step = (name, icon, run, more = {}) => ({ name, icon, run, ...more })

const inTable = (name, icon, command, sign) => ({
  name,
  icon,
  sign,
  run: (editor) => editor.chain().focus()[command]().run(),
  isShown: (editor) => editor.isActive("table"),
})

const tell = ({ view }, what) => view.dom.dispatchEvent(new CustomEvent(what, { bubbles: true }))

const active = (name) => (editor) => editor.isActive(name)

const groups = (labels) => [
  [
    mark("bold", "format_bold"),
    mark("italic", "format_italic"),
    mark("underline", "format_underlined", RARE),
    mark("strike", "format_strikethrough", RARE),
    mark("code", "code", RARE),
    mark("subscript", "subscript", RARE),
    mark("superscript", "superscript", RARE),
  ],
  [
    step("link", "link", (editor) => askForLink(editor, labels), {
      isActive: active("link"),
    }),
    step("unlink", "link_off", (editor) => editor.chain().focus().extendMarkRange("link").unsetMark("link").run(), {
      isShown: active("link"),
    }),
  ],
  [
    step("bulletList", "format_list_bulleted", (editor) => editor.chain().focus().toggleBulletList().run(), {
      isActive: active("bulletList"),
    }),
    step("orderedList", "format_list_numbered", (editor) => editor.chain().focus().toggleOrderedList().run(), {
      isActive: active("orderedList"),
    }),
    step("blockquote", "format_quote", (editor) => editor.chain().focus().toggleBlockquote().run(), {
      isActive: active("blockquote"),
    }),
    step("codeBlock", "data_object", (editor) => editor.chain().focus().toggleCodeBlock().run(), {
      isActive: active("codeBlock"),
      ...RARE,
    }),
    step("codeLanguage", "translate", (editor) => askForLanguage(editor, labels), {
      isShown: active("codeBlock"),
    }),
    step("horizontalRule", "horizontal_rule", (editor) => editor.chain().focus().setHorizontalRule().run(), RARE),
  ],
  [
    step("picture", "image", (editor) => askForPicture(editor), {
      isActive: active("picture"),
    }),
    step("table", "table", (editor) => askForTable(editor, labels), { isActive: active("table") }),
    step("note", "add_comment", (editor) => tell(editor, "desk-note-wanted"), {
      isShown: () => document.querySelector("[data-desk-notes]") !== null,
      isPossible: ({ state }) => !state.selection.empty,
    }),
  ],
  [
    inTable("addRow", "table_rows", "addRowAfter", "+"),
    inTable("deleteRow", "table_rows", "deleteRow", "−"),
    inTable("addColumn", "view_column", "addColumnAfter", "+"),
    inTable("deleteColumn", "view_column", "deleteColumn", "−"),
    inTable("mergeCells", "cell_merge", "mergeOrSplit"),
    inTable("headerCell", "toolbar", "toggleHeaderCell"),
    step("tableCaption", "subtitles", (editor) => askForTableCaption(editor, labels), {
      isShown: active("table"),
    }),
    inTable("deleteTable", "delete", "deleteTable"),
  ],
  [
    step("undo", "undo", (editor) => editor.chain().focus().undo().run(), {
      isPossible: (editor) => editor.can().undo(),
    }),
    step("redo", "redo", (editor) => editor.chain().focus().redo().run(), {
      isPossible: (editor) => editor.can().redo(),
    }),
    step("html", "html", (editor) => askForHTML(editor, labels), RARE),
  ],
]

const buttonFor = (item, labels, editor) => {
  const button = document.createElement("button")
  button.type = "button"
  button.dataset.name = item.name
  button.classList.toggle("desk-rare", Boolean(item.isRare))
  button.title = labels[item.name]
  button.setAttribute("aria-label", labels[item.name])
  const icon = document.createElement("span")
  icon.className = "material-symbols-outlined"
  icon.setAttribute("aria-hidden", "true")
  icon.textContent = item.icon
  button.append(icon, item.sign ?? "")
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => item.run(editor))
  return button
}

const refresh = (item, button, editor) => {
  const isShown = item.isShown?.(editor) ?? true
  button.hidden = !isShown
  if (!isShown) return
  if (item.isActive) button.setAttribute("aria-pressed", String(item.isActive(editor)))
  if (item.isPossible) button.disabled = !item.isPossible(editor)
}

const KINDS = ["paragraph", "heading2", "heading3", "heading4"]

const kindMenu = (labels, editor) => {
  const menu = document.createElement("select")
  menu.setAttribute("aria-label", labels.blockType)
  for (const kind of KINDS) menu.add(new Option(labels[kind], kind))
  menu.addEventListener("change", () => {
    const level = Number(menu.value.at(-1))
    const chain = editor.chain().focus()
    if (level) chain.setHeading({ level }).run()
    else chain.setParagraph().run()
  })
  return menu
}

const kindNow = (editor) => {
  const { level } = editor.isActive("heading") ? editor.getAttributes("heading") : {}
  return level ? `heading${level}` : "paragraph"
}

const moreButton = (bar, label) => {
  const button = iconButton("more_horiz", label, () => {
    const isOpen = bar.classList.toggle("desk-toolbar-all")
    button.setAttribute("aria-expanded", String(isOpen))
  })
  button.className = "desk-toolbar-more"
  button.setAttribute("aria-expanded", "false")
  button.addEventListener("mousedown", (event) => event.preventDefault())
  return button
}

export const createToolbar = (editor, labels) => {
  const bar = document.createElement("div")
  bar.className = "desk-toolbar"
  bar.setAttribute("role", "toolbar")
  const menu = kindMenu(labels, editor)
  bar.append(menu)
  const buttons = []
  for (const group of groups(labels)) {
    const box = document.createElement("span")
    for (const item of group) {
      const button = buttonFor(item, labels, editor)
      buttons.push([item, button])
      box.append(button)
    }
    bar.append(box)
  }
  bar.append(moreButton(bar, labels.more))
  const update = () => {
    menu.value = kindNow(editor)
    buttons.forEach(([item, button]) => refresh(item, button, editor))
  }
  editor.on("transaction", update)
  update()
  return bar
}
