// Starts what keeps a text safe while it is written, and what says who else is there.

import { terms } from "desk/autosave_terms"
import { startKeeping, takeOver } from "desk/keeping"
import { offerCopies } from "desk/offers"
import { startPresence } from "desk/presence"
import { onTakeOver } from "desk/standing"
import { storyForm } from "desk/story"
import { startSubmitting } from "desk/submitting"

if (storyForm()?.elements.autosave_tab) {
  onTakeOver(takeOver)
  startKeeping()
  startSubmitting(storyForm())
}
if (terms.user) {
  offerCopies()
  startPresence()
}
