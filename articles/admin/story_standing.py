"""What is to be done next with a story, in a sentence for whoever looks at it."""

from django.utils.translation import gettext_lazy as _

from articles.workflow import Stage, Verb

#: stage -> the verbs that lead on from it, the sentence for who has one, and for who has none
_NEXT = {
    Stage.DRAFT: (
        {Verb.SUBMIT, Verb.APPROVE},
        _("When it is written, submit it for review."),
        _("It is being written."),
    ),
    Stage.IN_REVIEW: (
        {Verb.APPROVE, Verb.REQUEST_CHANGES},
        _("Read it, then approve it or say what should be changed."),
        _("It waits for an editor."),
    ),
    Stage.CHANGES_REQUESTED: (
        {Verb.SUBMIT, Verb.APPROVE},
        _("Make the changes asked for and submit it again."),
        _("Changes were asked for; it waits for whoever wrote it."),
    ),
    Stage.APPROVED: (
        {Verb.PUBLISH, Verb.SCHEDULE},
        _("It can be published now, or at a time you set."),
        _("It is approved and waits for publication."),
    ),
    Stage.SCHEDULED: (
        {Verb.UNSCHEDULE, Verb.PUBLISH},
        _("It goes live by itself; nothing has to be done."),
        _("It goes live by itself; nothing has to be done."),
    ),
}
_FAILED = _("It could not go live at its time. Mend what the schedule says, or change the time.")


def next_step(article, verbs):
    """What somebody who may `verbs` is to do with `article` now; empty if there is nothing."""
    if article.stage not in _NEXT:
        return ""
    if article.stage == Stage.SCHEDULED and article.schedule_failure:
        return _FAILED
    leading_on, do_it, wait = _NEXT[article.stage]
    return do_it if leading_on & set(verbs) else wait
