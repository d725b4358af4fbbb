// Where the subject of a picture is: pointed at or moved by keys, beside what every crop would show.

import { element } from "desk/elements"

const STEP = 0.01
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

// As Python rounds: a half goes to the even neighbour.
export const roundEven = (number) => {
  const low = Math.floor(number)
  const rest = number - low
  if (rest === 0.5) return low % 2 === 0 ? low : low + 1
  return rest < 0.5 ? low : low + 1
}

const within = (wanted, most) => Math.max(0, Math.min(wanted, most))

// The rule of articles/images/recipes.py (`crop_box`), to the pixel: [left, top, right, bottom].
export const cropBox = ([width, height], [across, down], [x, y]) => {
  const wide = Math.min(width, roundEven((height * across) / down)) || 1
  const high = Math.min(height, roundEven((wide * down) / across)) || 1
  const left = within(roundEven(x * width - wide / 2), width - wide)
  const top = within(roundEven(y * height - high / 2), height - high)
  return [left, top, left + wide, top + high]
}

// As many decimals as are stored.
const part = (number) => Math.round(within(number, 1) * 10_000) / 10_000

export const parsePoint = (text) => {
  const parts = (text || "").split("x").map(Number)
  return parts.length === 2 && parts.every((number) => number >= 0 && number <= 1) ? parts : [0.5, 0.5]
}

export const printPoint = ([x, y]) => `${part(x)}x${part(y)}`

const picture = (src) => {
  const image = element("img", { alt: "", draggable: false, referrerPolicy: "no-referrer" })
  image.src = src
  return image
}

const percent = (number) => Math.round(number * 1000) / 10

// A picture as it is cut to a shape; `show` gets its size and the focal point.
export const createCrop = (name, [across, down], src) => {
  const image = picture(src)
  const frame = element("div", { className: "desk-crop" }, image)
  frame.style.aspectRatio = `${across} / ${down}`
  const figure = element("figure", {}, frame, element("figcaption", { textContent: name }))
  const show = (size, point) => {
    const [left, top, right, bottom] = cropBox(size, [across, down], point)
    const [wide, high] = [right - left, bottom - top]
    Object.assign(image.style, {
      width: `${(size[0] / wide) * 100}%`,
      height: `${(size[1] / high) * 100}%`,
      left: `${(-left / wide) * 100}%`,
      top: `${(-top / high) * 100}%`,
    })
    frame.dataset.box = [left, top, right, bottom].join(" ")
  }
  return { figure, show }
}

const numberField = (label, change) => {
  const input = element("input", { type: "number", min: "0", max: "100", step: "any" })
  input.addEventListener("input", () => {
    if (input.value !== "" && input.checkValidity()) change(Number(input.value) / 100)
  })
  return { input, line: element("label", {}, label, input, "%") }
}

// The whole tool as an element. `width`, `height`: pixels of the picture (null if nobody knows:
// then those of the file shown); `point`: [x, y], 0 to 1 each; `terms`: those of `focus_terms` in
// articles/admin/image_focus.py; `onChange` gets every new point. The element's `setPoint` moves
// it from outside.
export const createFocalPoint = ({ src, width, height, point, terms, onChange }) => {
  const { shapes, labels } = terms
  let size = [width || 16, height || 9]
  let now = point
  const stagePicture = picture(src)
  const mark = element("button", { type: "button", className: "desk-focus-mark" })
  const stage = element("div", { className: "desk-focus-stage" }, stagePicture, mark)
  const across = numberField(labels.across, (x) => move([x, now[1]]))
  const down = numberField(labels.down, (y) => move([now[0], y]))
  const middle = element("button", { type: "button", className: "desk-link", textContent: labels.middle })
  const fields = element("div", { className: "desk-focus-fields" }, across.line, down.line, middle)
  const hint = element("p", { className: "desk-hint", textContent: labels.hint })
  const crops = shapes.map(({ name, shape }) => createCrop(name, shape, src))
  const row = element("div", { className: "desk-crops" }, ...crops.map(({ figure }) => figure))

  const show = () => {
    const [x, y] = now.map(percent)
    mark.style.left = `${now[0] * 100}%`
    mark.style.top = `${now[1] * 100}%`
    mark.setAttribute("aria-label", labels.mark.replace("{x}", x).replace("{y}", y))
    for (const [{ input }, value] of [[across, x], [down, y]]) {
      if (document.activeElement !== input) input.value = value
    }
    crops.forEach((each) => each.show(size, now))
  }
  const move = (wanted) => {
    const next = wanted.map(part)
    if (next[0] === now[0] && next[1] === now[1]) return
    now = next
    show()
    onChange?.(now)
  }
  const follow = (event) => {
    const box = stagePicture.getBoundingClientRect()
    move([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height])
  }
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    stage.setPointerCapture(event.pointerId)
    mark.focus({ preventScroll: true })
    follow(event)
  })
  stage.addEventListener("pointermove", (event) => {
    if (stage.hasPointerCapture(event.pointerId)) follow(event)
  })
  mark.addEventListener("keydown", (event) => {
    const direction = KEYS[event.key]
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const step = event.shiftKey ? STEP * 10 : STEP
    move(now.map((value, axis) => value + direction[axis] * step))
  })
  middle.addEventListener("click", () => move([0.5, 0.5]))
  stagePicture.addEventListener("load", () => {
    if (width && height) return
    size = [stagePicture.naturalWidth, stagePicture.naturalHeight]
    show()
  })
  const whole = element("div", { className: "desk-focus" }, stage, fields, hint, row)
  whole.setPoint = move
  show()
  return whole
}
