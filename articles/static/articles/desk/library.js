// Choosing a picture we have: a search, and what it finds.

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

const tile = (picture, choose) => {
  const image = element("img", { src: picture.src, alt: "", loading: "lazy" })
  image.referrerPolicy = "no-referrer"
  const button = element("button", { type: "button", title: picture.name }, image, picture.name)
  button.addEventListener("click", () => choose(picture))
  return button
}

// Resolves to a picture, to "address" if somebody wants to type one, or to null.
export const askLibrary = (editor, labels) =>
  new Promise((resolve) => {
    const { library } = editor.view.dom.closest("[data-library]").dataset
    const search = element("input", { type: "search", placeholder: labels.search })
    const found = element("div", { className: "desk-library-found" })
    const byAddress = element("button", { type: "button", textContent: labels.byAddress })
    const cancel = element("button", { type: "button", textContent: labels.cancel })
    const title = element("h3", { className: "prose-editor-dialog-title", textContent: labels.library })
    const buttons = element("div", {}, byAddress, cancel)
    const dialog = element("dialog", { className: "prose-editor-dialog desk-library" })
    dialog.append(title, search, found, buttons)
    byAddress.dataset.address = ""
    const end = (answer) => {
      dialog.remove()
      resolve(answer)
    }
    const show = async () => {
      const asked = search.value
      const answer = await fetch(`${library}?q=${encodeURIComponent(asked)}`)
      if (!answer.ok || asked !== search.value) return
      const { pictures } = await answer.json()
      const tiles = pictures.map((picture) => tile(picture, end))
      found.replaceChildren(...(tiles.length ? tiles : [labels.noPictures]))
    }
    search.addEventListener("input", show)
    search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
    byAddress.addEventListener("click", () => end("address"))
    cancel.addEventListener("click", () => end(null))
    dialog.addEventListener("cancel", () => end(null))
    editor.view.dom.parentElement.append(dialog)
    dialog.showModal()
    show()
  })
