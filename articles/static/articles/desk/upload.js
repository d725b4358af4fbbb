// Sending pictures to the library: one file a request, with progress, and a sentence if it fails.

import { filledIn } from "desk/elements"

// Why a file did not arrive. `isFinal`: trying again would end the same way.
export class UploadFailed extends Error {
  constructor(sentence, { isFinal = false } = {}) {
    super(sentence)
    this.isFinal = isFinal
  }
}

const MEGABYTE = 1024 * 1024

const answerOf = (request) => {
  try {
    return JSON.parse(request.responseText)
  } catch {
    return null
  }
}

const failureOf = (request, labels) => {
  const answer = answerOf(request)
  if (answer?.error) return new UploadFailed(answer.error, { isFinal: request.status < 500 })
  if (request.status === 403) return new UploadFailed(labels.notAllowed ?? "403")
  const sentence = filledIn(labels.failed ?? "{status}", { status: request.status })
  return new UploadFailed(sentence)
}

// Resolves to what the library says of the picture (`id`, `src`, `thumb`, `alt`, `outcome` ...);
// rejects with `UploadFailed`. `address`, `mostBytes` and `labels` are those of `upload_terms`
// in articles/admin/image_upload.py; `onProgress` gets the part that is sent, 0 to 1; `signal`
// gives the upload up.
export const uploadFile = (file, terms) =>
  new Promise((resolve, reject) => {
    const { address, csrf, mostBytes = Infinity, labels = {}, onProgress, signal, fields } = terms
    if (file.size > mostBytes) {
      const limit = Math.floor(mostBytes / MEGABYTE)
      const sentence = filledIn(labels.tooLarge ?? "{limit} MB", { limit })
      reject(new UploadFailed(sentence, { isFinal: true }))
      return
    }
    const request = new XMLHttpRequest()
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    })
    request.addEventListener("load", () => {
      // Who is logged out is led to the page that asks for the password.
      const isElsewhere = new URL(request.responseURL).pathname !== new URL(address, location).pathname
      if (isElsewhere) reject(new UploadFailed(labels.loggedOut ?? "401"))
      else if (request.status === 200 && answerOf(request)) resolve(answerOf(request))
      else reject(failureOf(request, labels))
    })
    request.addEventListener("error", () => reject(new UploadFailed(labels.unanswered ?? "")))
    request.addEventListener("abort", () => reject(new UploadFailed("", { isFinal: true })))
    signal?.addEventListener("abort", () => request.abort())
    const body = new FormData()
    Object.entries(fields ?? {}).forEach(([name, value]) => body.append(name, value))
    body.append("file", file, file.name)
    request.open("POST", address)
    request.setRequestHeader("X-CSRFToken", csrf)
    request.send(body)
  })

// A queue that does `most` things at a time: `queue(() => uploadFile(…))` resolves to the answer.
export const createQueue = (most = 2) => {
  const waiting = []
  let running = 0
  const goOn = () => {
    if (running >= most || !waiting.length) return
    const { work, resolve, reject } = waiting.shift()
    running += 1
    work()
      .then(resolve, reject)
      .finally(() => {
        running -= 1
        goOn()
      })
  }
  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      goOn()
    })
}

// The pictures among what was dropped or pasted; a folder is none.
export const picturesIn = (transfer) =>
  [...(transfer?.files ?? [])].filter((file) => file.type || /\.\w{2,5}$/.test(file.name))
