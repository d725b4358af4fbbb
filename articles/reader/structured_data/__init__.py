"""What a page says to machines, in the words of schema.org.

Pure: what is shown goes in, a description for JSON comes out. Facts we do not have are left out,
and every address is absolute.
"""

from articles.reader.structured_data.blocks import block
from articles.reader.structured_data.lists import breadcrumb_list, collection_page, web_page
from articles.reader.structured_data.people import news_organisation, profile_page, web_site
from articles.reader.structured_data.pictures import picture
from articles.reader.structured_data.story import news_article, summary

__all__ = [
    "block",
    "breadcrumb_list",
    "collection_page",
    "news_article",
    "news_organisation",
    "picture",
    "profile_page",
    "summary",
    "web_page",
    "web_site",
]
