// A page that a text opens, as a link cannot carry it.

import { element } from "desk/elements"
import { token } from "desk/token"

export const openWith = (address, name, copy) => {
  const line = (key, value) => element("input", { type: "hidden", name: key, value })
  const form = element("form", { method: "post", action: address, hidden: true })
  form.append(line("csrfmiddlewaretoken", token()), line(name, JSON.stringify(copy)))
  document.body.append(form)
  form.submit()
}
