// A picture is put into the text, or another in the place of one: from the library, from files, or
// by its address.

import { askForAddress } from "desk/dialogs"
import { insertPicture, replacePicture, takeFiles } from "desk/incoming"
import { learn } from "desk/known_pictures"
import { askLibrary } from "desk/library"
import { pictureAt, placeFor } from "desk/picture_moves"

// `position`: of the picture to be replaced; without one, and with none selected, one is added.
export const askForPicture = async (editor, position = pictureAt(editor.state)) => {
  const isThere = position !== null
  const before = editor.state
  const choice = await askLibrary({ several: !isThere, byAddress: true })
  if (!choice) return giveBack(editor.view, before)
  if (choice.isAddress) return askForAddress(editor, position)
  if (choice.files) return takeFiles(editor.view, choice.files, whereFor(editor, position))
  learn(choice.picture)
  return isThere
    ? replacePicture(editor.view, position, choice.picture)
    : insertPicture(editor.view, whereFor(editor, position).position, choice.picture)
}

// The browser gives the focus back, but not the cursor.
const giveBack = (view, { doc, selection }) => {
  const { state } = view
  if (state.doc === doc) view.dispatch(state.tr.setSelection(selection))
  view.focus()
}

const whereFor = ({ state }, position) =>
  position === null
    ? { position: placeFor(state.doc, state.selection.to) }
    : { position, isReplacing: true }
