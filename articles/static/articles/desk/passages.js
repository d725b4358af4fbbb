// Words of a text somebody pointed at, found again after edits: articles/body/passages.py in a
// browser, to the letter (a test compares them). Texts are squeezed: white space counts for nothing.

export const AROUND = 32 // characters kept of what stands before and after
const ANCHOR = 12 // characters of what stands around that must still be there

export const squeezed = (text) => text.replace(/\s+/g, "")

const startsOf = (words, text) => {
  const starts = []
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) starts.push(at)
  return starts
}

const alike = (some, others) => {
  let count = 0
  while (count < some.length && count < others.length && some[count] === others[count]) count += 1
  return count
}

const backwards = (text) => [...text].reverse().join("")

const likeness = (text, start, end, before, after) =>
  alike(backwards(text.slice(Math.max(0, start - AROUND), start)), backwards(before)) +
  alike(text.slice(end, end + AROUND), after)

// The shortest stretch between two anchors; the beginning and the end of a text are some.
const between = (before, after, text, longest) => {
  if (!before && !after) return null
  const ends = after ? startsOf(after, text) : [text.length]
  const starts = before ? startsOf(before, text).map((at) => at + before.length) : [0]
  const places = starts
    .map((start) => ({ start, end: ends.find((end) => end >= start) }))
    .filter(({ start, end }) => end !== undefined && end - start <= longest)
  if (!places.length) return null
  const place = places.reduce((best, one) => (one.end - one.start < best.end - best.start ? one : best))
  return { ...place, isChanged: true }
}

// `{ start, end, isChanged }` in the squeezed text, or null.
export const find = (passage, text) => {
  const [quote, before, after] = [passage.quote, passage.prefix, passage.suffix].map(squeezed)
  const starts = quote ? startsOf(quote, text) : []
  if (!starts.length) return between(before.slice(-ANCHOR), after.slice(0, ANCHOR), text, 3 * quote.length + 50)
  const rated = starts.map((at) => [likeness(text, at, at + quote.length, before, after), at])
  const [, start] = rated.reduce((best, one) => (one[0] > best[0] ? one : best))
  return { start, end: start + quote.length, isChanged: false }
}

// What is kept of the stretch from `start` to `end`, quoted as somebody reads it.
export const passageAt = (text, start, end, quote) => ({
  quote,
  prefix: text.slice(Math.max(0, start - AROUND), start),
  suffix: text.slice(end, end + AROUND),
})
