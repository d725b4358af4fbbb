// Tables with their caption, their head and foot, and the scope of header cells.

import { Table, TableHeader, TableRow, pm } from "django-prose-editor/editor"

import { cleanHTML } from "desk/cleaning"

const { TextSelection } = pm.state

export const BodyTable = Table.extend({
  addAttributes: () => ({
    caption: {
      default: null,
      parseHTML: (table) => {
        const caption = table.querySelector(":scope > caption")
        return caption && cleanHTML(caption.innerHTML)
      },
      rendered: false,
    },
  }),

  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],

  renderHTML: ({ node }) => ["table", ...captionOf(node), ["tbody", 0]],

  addNodeView: null,
  addMenuItems: null,

  addCommands() {
    return {
      ...this.parent?.(),
      insertBodyTable:
        ({ rows, columns, head }) =>
        ({ tr, editor, dispatch }) => {
          const table = editor.schema.nodeFromJSON({
            type: "table",
            content: Array.from({ length: rows }, (_row, number) =>
              rowOf(columns, head && number === 0),
            ),
          })
          if (dispatch) {
            const firstCell = tr.selection.from + 1
            tr.replaceSelectionWith(table).scrollIntoView()
            tr.setSelection(TextSelection.near(tr.doc.resolve(firstCell)))
          }
          return true
        },
    }
  },
}).configure({ resizable: false })

const captionOf = (node) => {
  if (node.attrs.caption === null) return []
  const caption = document.createElement("caption")
  caption.innerHTML = cleanHTML(node.attrs.caption)
  caption.contentEditable = "false"
  return [caption]
}

const rowOf = (columns, isHead) => ({
  type: "tableRow",
  attrs: { section: isHead ? "thead" : null },
  content: Array.from({ length: columns }, () => ({
    type: isHead ? "tableHeader" : "tableCell",
    content: [{ type: "paragraph" }],
  })),
})

export const BodyTableRow = TableRow.extend({
  content: "(tableCell | tableHeader)*",
  addAttributes: () => ({
    section: {
      default: null,
      parseHTML: (row) => {
        const parent = row.parentNode?.nodeName.toLowerCase()
        return parent === "thead" || parent === "tfoot" ? parent : null
      },
      renderHTML: ({ section }) => (section ? { "data-section": section } : {}),
    },
  }),
})

export const BodyTableHeader = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } }
  },
})
