// Pieces of a page, made by name: no HTML is ever written as text.

export const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

export const icon = (name) => {
  const sign = element("span", { className: "material-symbols-outlined", textContent: name })
  sign.setAttribute("aria-hidden", "true")
  return sign
}

export const iconButton = (name, label, act) => {
  const button = element("button", { type: "button", title: label }, icon(name))
  button.setAttribute("aria-label", label)
  button.addEventListener("click", act)
  return button
}

export const wordButton = (label, act, className = "") => {
  const button = element("button", { type: "button", textContent: label, className })
  button.addEventListener("click", act)
  return button
}

// A picture that may lie on another site, which need not know where it is looked at.
export const pictureElement = (src, alt = "") => {
  const image = element("img", { alt })
  image.referrerPolicy = "no-referrer"
  if (src) image.src = src
  return image
}

// `{name}: {reason}` with the values put in.
export const filledIn = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

// Whenever files are chosen with `input`. The skin may not hear of it: it would write the file's
// name into whatever field it finds first, be it the title of the story.
export const onFiles = (input, take) => {
  const chosen = (event) => {
    event.stopImmediatePropagation()
    take([...input.files])
  }
  input.addEventListener("change", chosen, { capture: true })
}
