// A picture's page: the focal point is set in the picture itself, and sent with the form.

import "desk/file_choice"
import { createFocalPoint, parsePoint, printPoint } from "desk/focal_point"

const start = (place) => {
  const terms = JSON.parse(document.getElementById("desk-focus-terms").textContent)
  const input = document.getElementById("id_focal_point")
  const { src, width, height } = place.dataset
  const tool = createFocalPoint({
    src,
    width: Number(width) || null,
    height: Number(height) || null,
    point: parsePoint(input.value),
    terms,
    onChange: (point) => {
      input.value = printPoint(point)
      input.dispatchEvent(new Event("change", { bubbles: true }))
    },
  })
  place.replaceChildren(tool)
  document.querySelector("[data-point]").hidden = true
}

const place = document.querySelector("[data-focal-point]")
if (place && document.getElementById("id_focal_point")) start(place)
