// The token that the desk asks for with whatever is sent to it. A login in another tab gives out
// another one, which every page of this browser must use from then on: the cookie has it.
//
//   token()             the one that counts now
//   renewTokens(said)   puts the one that the desk has just taken into the forms of this page

const FIELD = "input[name=csrfmiddlewaretoken]"
const cookie = document.querySelector("meta[name=desk-token-cookie]")?.content

// Where cookies are out of reach, the page's own.
export const token = () => {
  const said = document.cookie.split("; ").find((one) => one.startsWith(`${cookie}=`))
  return said ? said.slice(cookie.length + 1) : (document.querySelector(FIELD)?.value ?? "")
}

export const renewTokens = (said) => {
  for (const field of document.querySelectorAll(FIELD)) field.value = said
}
