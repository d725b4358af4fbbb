// Files on their way to the library, two at a time; a form that is saved meanwhile waits for them,
// and for whatever else is under way.

import { terms } from "desk/known_pictures"
import { token } from "desk/token"
import { createQueue, uploadFile } from "desk/upload"

const queue = createQueue(2)
const onTheirWay = new Set()
let waiting = []

// Resolves to what the library says of the picture; rejects with an error that is a sentence.
export const send = async (file, onProgress) => {
  const asked = { ...terms.upload, csrf: token(), onProgress }
  return underWay(queue(() => uploadFile(file, asked)))
}

// Whatever a save has to wait for; resolves and rejects as `promise` does.
export const underWay = async (promise) => {
  onTheirWay.add(promise)
  try {
    return await promise
  } finally {
    // What becomes of the answer comes first, then whoever waits for it.
    setTimeout(() => arrived(promise))
  }
}

const arrived = (sending) => {
  onTheirWay.delete(sending)
  if (onTheirWay.size) return
  const told = waiting
  waiting = []
  told.forEach((tell) => tell())
}

export const isSending = () => onTheirWay.size > 0

export const allSent = () =>
  isSending() ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()
