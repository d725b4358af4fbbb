"""The one spelling of a body, whichever way the editor wrote it."""

import pytest

from articles.body.tidying import canonical


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        pytest.param(
            "<ul><li><p>甲</p></li></ul>", "<ul>\n<li>甲</li>\n</ul>", id="a paragraph in an item"
        ),
        pytest.param(
            "<ul><li><p>甲</p><ul><li><p>乙</p></li></ul></li></ul>",
            "<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>",
            id="nested lists",
        ),
        pytest.param(
            "<table><tbody><tr><th><p>甲</p></th><td><p>乙</p></td></tr></tbody></table>",
            "<table>\n<tbody>\n<tr><th>甲</th><td>乙</td></tr>\n</tbody>\n</table>",
            id="paragraphs in cells",
        ),
        pytest.param(
            "<table><tr><td><p>1</p><p>2</p></td><td></td></tr></table>",
            "<table>\n<tbody>\n<tr><td>\n<p>1</p>\n<p>2</p>\n</td><td></td></tr>\n</tbody>\n</table>",
            id="an empty cell is a cell",
        ),
        pytest.param("<p>甲</p><p></p><p> </p>", "<p>甲</p>", id="empty paragraphs"),
        pytest.param("甲", "<p>甲</p>", id="bare text"),
        pytest.param("<h1>甲</h1><h4>乙</h4>", "<h2>甲</h2>\n<h3>乙</h3>", id="headings"),
        pytest.param(
            '<p>甲<img src="/media/a.png">乙</p>',
            '<p>甲</p>\n<figure><img src="/media/a.png" alt=""></figure>\n<p>乙</p>',
            id="a picture in a paragraph",
        ),
        pytest.param(
            '<figure><img src="/a.png" alt="x" data-image="3">'
            "<figcaption>图<small>某社</small></figcaption></figure>",
            '<figure><img src="/a.png" alt="x" data-image="3">'
            "<figcaption>图<small>某社</small></figcaption></figure>",
            id="a figure with its credit",
        ),
        pytest.param(
            '<figure><img src="/a.png" alt="" role="presentation" data-image="3"></figure>',
            '<figure><img src="/a.png" alt="" role="presentation" data-image="3"></figure>',
            id="a picture that only decorates",
        ),
        pytest.param(
            '<p><a href="/articles/1/">甲</a></p>',
            '<p><a href="/articles/1/">甲</a></p>',
            id="links inside the site",
        ),
        pytest.param(
            "<p>来源：某网</p><p>责任编辑：某某</p>",
            "<p>来源：某网</p>\n<p>责任编辑：某某</p>",
            id="an editor's own lines",
        ),
        pytest.param(
            "<p>1. 甲<br>2. 乙<br>3. 丙</p>",
            "<p>1. 甲<br>2. 乙<br>3. 丙</p>",
            id="an editor's own lists",
        ),
        pytest.param(
            '<pre><code class="language-go">a\n\n  b</code></pre>',
            '<pre><code class="language-go">a\n\n  b</code></pre>',
            id="code",
        ),
        pytest.param("<p>https://e.cn/</p>", "<p>https://e.cn/</p>", id="addresses are left alone"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_body_has_one_spelling(written, spelled):
    assert canonical(written) == spelled
    assert canonical(spelled) == spelled
