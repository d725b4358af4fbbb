"""Stored bodies of every shape, for tests of what is true of any two or three of them."""

from hypothesis import strategies as st

from articles.body.dividing import divide, key_of
from articles.body.sanitising import sanitise

PHRASES = (
    *(
        "今天发布了新模型，",
        "价格不变。",
        "的",
        "OpenAI 与 Anthropic ",
        "3.14",
        "甲乙丙丁",
        "👨‍👩‍👧",
        "é",
    ),
    *(
        "<strong>粗体</strong>",
        '<a href="https://a.cn/">链接</a>',
        "<br>",
        "<em>强<u>调</u></em>",
        "&amp;",
    ),
)
TEXTS = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5).map("".join)
BLOCKS = st.one_of(
    st.builds("<p>{}</p>".format, TEXTS),
    st.builds("<h2>{}</h2>".format, TEXTS),
    st.builds("<blockquote>\n<p>{}</p>\n</blockquote>".format, TEXTS),
    st.builds("<ul>\n<li>{}</li>\n<li>{}</li>\n</ul>".format, TEXTS, TEXTS),
    st.builds('<pre><code class="language-go">{}\n  x</code></pre>'.format, st.sampled_from("ab")),
    st.builds(
        '<figure><img src="/{}.png" alt="{}"><figcaption>{}</figcaption></figure>'.format,
        st.sampled_from("ab"),
        st.sampled_from("xy"),
        TEXTS,
    ),
    st.builds(
        '<figure data-embed="bilibili:BV1xx411c7m{}"><a href="/x">bilibili</a></figure>'.format,
        st.sampled_from("AB"),
    ),
    st.builds("<table>\n<tbody>\n<tr><td>{}</td></tr>\n</tbody>\n</table>".format, TEXTS),
    st.just("<hr>"),
)
BODIES = st.lists(BLOCKS, max_size=8).map("\n".join).map(sanitise)
ODD = st.lists(
    st.one_of(
        BLOCKS, TEXTS, st.text(max_size=8), st.sampled_from(("<p>", "</p>", "<li>", "<pre>"))
    ),
    max_size=8,
).map("".join)
EDITS = st.lists(st.tuples(st.integers(0, 7), st.sampled_from("daer"), BLOCKS), max_size=4)


def edited(body: str, edits) -> str:
    """`body` with blocks taken out, put in, touched up or replaced."""
    blocks = [key_of(block) for block in divide(body)]
    for place, what, block in edits:
        at = min(place, len(blocks))
        blocks[at : at + (what in "der")] = {
            "d": [],
            "a": [block],
            "e": [piece.replace("发布", "推出") for piece in blocks[at : at + 1]],
            "r": [block],
        }[what]
    return sanitise("\n".join(blocks))
