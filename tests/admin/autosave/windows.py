"""What a page of a story says of the window it is, and of texts that wait."""

import re

from tests.admin.test_stories import fields


def content_of(response):
    """What the form on a page holds, as a window would send it."""
    sent = fields(response)
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for name, value in sent.items()
    }


def window_of(response):
    """The hidden fields that say which window a page is."""
    named = r'name="((?:autosave|restored|follows)_\w+|new_story)" value="([^"]*)"'
    return dict(re.findall(named, response.content.decode()))


def offered(response):
    return [(offer.title, offer.revision) for offer in response.context["desk_offers"]]
