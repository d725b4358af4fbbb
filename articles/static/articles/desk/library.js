// Choosing a picture: one the library has, files of one's own, or the address of one elsewhere.

import { element, onFiles, wordButton } from "desk/elements"
import { labels } from "desk/known_pictures"
import { createGrid } from "desk/picture_grid"
import { picturesIn } from "desk/upload"

const filePicker = (several, take) => {
  const input = element("input", { type: "file", accept: "image/*", multiple: several })
  input.hidden = true
  onFiles(input, (files) => files.length && take(files))
  return input
}

const searchLine = (grid, say) => {
  const line = element("input", { type: "search", placeholder: labels.search })
  line.setAttribute("aria-label", labels.search)
  line.addEventListener("input", () => grid().show(line.value))
  line.addEventListener("keydown", (event) => {
    // An Enter that ends the composition of Chinese chooses nothing; 229 is how Safari says it.
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault()
      grid().found.querySelector("button")?.focus()
    }
  })
  return line
}

// Files dropped onto the dialogue, or pasted into it, are as good as chosen ones.
const takeFrom = (dialog, take) => {
  dialog.addEventListener("dragover", (event) => event.preventDefault())
  const found = (event, transfer) => {
    const files = picturesIn(transfer)
    if (!files.length) return
    event.preventDefault()
    event.stopPropagation()
    take(files)
  }
  dialog.addEventListener("drop", (event) => found(event, event.dataTransfer))
  dialog.addEventListener("paste", (event) => found(event, event.clipboardData))
}

const build = (answer, { several, byAddress }) => {
  const status = element("p", { className: "desk-library-status" })
  status.setAttribute("role", "status")
  const say = (sentence) => (status.textContent = sentence)
  const takeFiles = (files) => answer({ files: several ? files : files.slice(0, 1) })
  const grid = createGrid({
    choose: (picture) => answer({ picture }),
    say,
    leave: () => search.focus(),
  })
  const search = searchLine(() => grid)
  const picker = filePicker(several, takeFiles)
  const upload = wordButton(labels.upload, () => picker.click(), "desk-primary")
  const address = wordButton(labels.byAddress, () => answer({ isAddress: true }))
  address.dataset.address = ""
  address.hidden = !byAddress
  const cancel = wordButton(labels.cancel, () => answer(null))
  const buttons = element("div", { className: "desk-library-buttons" }, upload, picker, address, cancel)
  const help = element("p", { className: "desk-library-help", textContent: labels.uploadHelp })
  const title = element("h3", { className: "prose-editor-dialog-title", textContent: labels.library })
  const dialog = element("dialog", { className: "prose-editor-dialog desk-library" })
  dialog.setAttribute("aria-label", labels.library)
  dialog.append(title, search, status, grid.found, grid.more, buttons, help)
  takeFrom(dialog, takeFiles)
  return { dialog, grid }
}

// Resolves to `{ picture }`, `{ files }`, `{ isAddress }`, or to null if nothing was chosen. The
// focus stays within, and goes back to where it was.
export const askLibrary = ({ several = false, byAddress = false } = {}) =>
  new Promise((resolve) => {
    const { dialog, grid } = build((choice) => end(choice), { several, byAddress })
    const end = (choice) => {
      resolve(choice)
      dialog.close()
    }
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(null)
    })
    // The full screen of the body editor lies above everything but the top layer.
    document.body.append(dialog)
    dialog.showModal()
    grid.show("")
  })
