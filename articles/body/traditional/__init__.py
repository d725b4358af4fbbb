"""Traditional Chinese: the answers of the site, written in Simplified, in the other script."""

#: where every page of the site stands a second time, converted
PREFIX = "/zh-hant/"
