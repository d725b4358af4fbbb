// What the body editor can hold: the words of a stored body as Tiptap nodes and marks.

import {
  Blockquote, Bold, BulletList, CodeBlock, Document, Dropcursor, Gapcursor, HardBreak,
  Heading, History, HorizontalRule, Italic, ListItem, Mark, OrderedList, Paragraph, Strike,
  Subscript, Superscript, TableCell, Text, Underline, mergeAttributes,
} from "django-prose-editor/editor"

import { Incoming } from "desk/incoming"
import { NoteMarks } from "desk/note_marks"
import { Opaque, Ruby } from "desk/opaque"
import { Picture, PictureCaption, PictureCredit } from "desk/pictures"
import { BodyTable, BodyTableHeader, BodyTableRow } from "desk/tables"
import { Tidying } from "desk/tidying"

const plainMark = (name, tag) =>
  Mark.create({
    name,
    excludes: "",
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
  })

const Link = Mark.create({
  name: "link",
  priority: 50,
  inclusive: false,
  addAttributes: () => ({ href: { default: null }, title: { default: null } }),
  parseHTML: () => [{ tag: "a[href]" }],
  renderHTML: ({ HTMLAttributes }) => ["a", mergeAttributes(HTMLAttributes), 0],
})

const Item = ListItem.extend({
  content: "block+",
  addAttributes: () => ({ value: { default: null } }),
})

const List = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element) => Number.parseInt(element.getAttribute("start") ?? "1", 10),
    },
  }),
  addNodeView: null,
  renderHTML: ({ node }) =>
    node.attrs.start === 1 ? ["ol", 0] : ["ol", { start: node.attrs.start }, 0],
})

const Code = plainMark("code", "code").extend({
  addKeyboardShortcuts() {
    return { "Mod-e": () => this.editor.commands.toggleMark("code") }
  },
})

export const extensions = (labels) => [
  Document, Text, Paragraph, HardBreak, History, Dropcursor, Gapcursor,
  Heading.configure({ levels: [2, 3, 4, 5, 6] }),
  Bold, Italic, Underline, Strike, Subscript, Superscript,
  Link, Code, plainMark("kbd", "kbd"), plainMark("highlight", "mark"), plainMark("small", "small"),
  BulletList, List, Item, Blockquote, HorizontalRule,
  CodeBlock.configure({ languageClassPrefix: "language-", exitOnTripleEnter: true }),
  BodyTable, BodyTableRow, BodyTableHeader, TableCell,
  Picture, Incoming, Tidying,
  PictureCaption.configure({ placeholder: labels.caption }),
  PictureCredit.configure({ placeholder: labels.credit }),
  Opaque.configure({ labels }), Ruby,
  NoteMarks,
]
