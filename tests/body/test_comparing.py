"""Two bodies beside each other: which block became which, and what in it is another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.comparing import Matter, Remark, compare_bodies
from articles.body.sanitising import sanitise, sanitise_compared
from tests.body.hostile import VECTORS
from tests.body.stored import BODIES, EDITS, ODD, edited
from tests.body.visible import visible_text

PICTURE = '<figure><img src="/{}.png" alt="{}" data-image="{}"><figcaption>{}</figcaption></figure>'
PLAYER = '<figure data-embed="bilibili:BV1xx411c7m{0}"><a href="/x{0}">bilibili</a></figure>'


def kinds(old: str, new: str) -> list[str]:
    return [str(change.kind) for change in compare_bodies(old, new)]


def only(old: str, new: str):
    (change,) = compare_bodies(old, new)
    return change


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("<p>甲</p>", "<p>甲</p>", ["same"], id="nothing"),
        pytest.param("<p>甲</p>", "<p>甲</p>\n", ["same"], id="white space is nothing"),
        pytest.param("<p>甲</p>", "<p>甲</p>\n<p>乙</p>", ["same", "added"], id="one more"),
        pytest.param("<p>乙</p>\n<p>甲</p>", "<p>甲</p>", ["removed", "same"], id="one less"),
        pytest.param(
            "<p>今天发布了新模型。</p>\n<p>价格没有变化。</p>",
            "<p>昨天发布了新模型。</p>\n<p>加了一段话。</p>\n<p>价格没有任何变化。</p>",
            ["changed", "added", "changed"],
            id="reworked ones are found again",
        ),
        pytest.param(
            "<p>今天发布了新模型。</p>\n<hr>",
            "<p>完全是另外一句话！</p>\n<hr>",
            ["removed", "added", "same"],
            id="another one is another one",
        ),
        pytest.param(
            "<p>第一段说的是发布会。</p>\n<p>第二段说价格。</p>\n<p>第三段讲售后服务。</p>",
            "<p>第三段讲售后服务！</p>\n<p>第一段说的是发布会。</p>\n<p>第二段说价格。</p>",
            ["moved", "same", "same", "moved"],
            id="one that moved",
        ),
        pytest.param(
            PICTURE.format("a", "图", 1, ""),
            PICTURE.format("b", "图", 2, ""),
            ["changed"],
            id="a picture for another",
        ),
        pytest.param("", "", [], id="two empty ones"),
        pytest.param("", "<p>甲</p>", ["added"], id="from nothing"),
    ],
)
def test_every_block_says_what_became_of_it(old, new, expected):
    assert kinds(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "old_marked", "new_marked"),
    [
        pytest.param(
            "<p>他来了<strong>北京</strong>。</p>",
            "<p>他来了<strong>上海</strong>。</p>",
            "<p>他来了<strong><del>北京</del></strong>。</p>",
            "<p>他来了<strong><ins>上海</ins></strong>。</p>",
            id="inside formatting",
        ),
        pytest.param(
            "<p>他来了北京。</p>",
            "<p>他<strong>来了</strong>北京。</p>",
            '<p>他<del class="reformatted">来了</del>北京。</p>',
            '<p>他<strong><ins class="reformatted">来了</ins></strong>北京。</p>',
            id="formatting alone",
        ),
        pytest.param(
            "<ul>\n<li>甲甲甲</li>\n<li>乙乙乙</li>\n</ul>",
            "<ul>\n<li>甲甲甲</li>\n<li>新的一项</li>\n<li>乙乙乙</li>\n</ul>",
            "<ul>\n<li>甲甲甲</li>\n<li>乙乙乙</li>\n</ul>",
            "<ul>\n<li>甲甲甲</li>\n<li><ins>新的一项</ins></li>\n<li>乙乙乙</li>\n</ul>",
            id="an item of a list",
        ),
        pytest.param(
            "<table>\n<tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody>\n</table>",
            "<table>\n<tbody>\n<tr><td>1</td><td>3</td></tr>\n</tbody>\n</table>",
            "<table>\n<tbody>\n<tr><td>1</td><td><del>2</del></td></tr>\n</tbody>\n</table>",
            "<table>\n<tbody>\n<tr><td>1</td><td><ins>3</ins></td></tr>\n</tbody>\n</table>",
            id="a cell of a table",
        ),
        pytest.param(
            "<pre><code>a\n  b</code></pre>",
            "<pre><code>a\n    b</code></pre>",
            "<pre><code>a<del>\n  </del>b</code></pre>",
            "<pre><code>a<ins>\n    </ins>b</code></pre>",
            id="white space in code",
        ),
        pytest.param(
            "<p>a &lt; b &amp; c</p>",
            "<p>a &lt; d &amp; c</p>",
            "<p>a &lt; <del>b</del> &amp; c</p>",
            "<p>a &lt; <ins>d</ins> &amp; c</p>",
            id="entities",
        ),
        pytest.param(
            PICTURE.format("a", "图", 1, "说明"),
            PICTURE.format("b", "图", 2, "说明"),
            PICTURE.format("a", "图", 1, "说明")
            .replace("<img", "<del><img")
            .replace('1">', '1"></del>', 1),
            PICTURE.format("b", "图", 2, "说明")
            .replace("<img", "<ins><img")
            .replace('2">', '2"></ins>', 1),
            id="a picture as a whole",
        ),
    ],
)
def test_both_sides_are_marked_where_they_differ(old, new, old_marked, new_marked):
    change = only(old, new)

    assert (change.old_marked, change.new_marked) == (old_marked, new_marked)


@pytest.mark.parametrize(
    ("old", "new", "remarks"),
    [
        pytest.param(
            '<p>看<a href="https://a.cn/">这里</a></p>',
            '<p>看<a href="https://b.cn/">这里</a></p>',
            [Remark(Matter.LINK, "https://a.cn/", "https://b.cn/")],
            id="a link leads elsewhere",
        ),
        pytest.param(
            "<p>看这里</p>",
            '<p>看<a href="https://b.cn/">这里</a></p>',
            [Remark(Matter.LINK, "", "https://b.cn/")],
            id="a link was set",
        ),
        pytest.param(
            "<p>看<strong>这里</strong></p>",
            "<p>看<em>这里</em></p>",
            [Remark(Matter.FORMATTING)],
            id="formatting",
        ),
        pytest.param(
            "<p>一个标题</p>",
            "<h2>一个标题</h2>",
            [Remark(Matter.BLOCK, "p", "h2")],
            id="a heading",
        ),
        pytest.param(
            PICTURE.format("a", "图", 1, "说明"),
            PICTURE.format("b", "图", 2, "说明"),
            [Remark(Matter.PICTURE, "1", "2")],
            id="a picture",
        ),
        pytest.param(
            '<figure><img src="/a.png" alt="旧"></figure>',
            '<figure><img src="/a.png" alt="新"></figure>',
            [Remark(Matter.DESCRIPTION, "旧", "新")],
            id="what is said of a picture",
        ),
        pytest.param(
            PLAYER.format("A"),
            PLAYER.format("B"),
            [Remark(Matter.PLAYER, "bilibili:BV1xx411c7mA", "bilibili:BV1xx411c7mB")],
            id="a player",
        ),
        pytest.param(
            '<pre><code class="language-go">a</code></pre>',
            '<pre><code class="language-js">a</code></pre>',
            [Remark(Matter.LANGUAGE, "go", "js")],
            id="the language of code",
        ),
        pytest.param(
            "<p>一行<br>二行</p>", "<p>一行二行</p>", [Remark(Matter.STRUCTURE)], id="lines"
        ),
        pytest.param(
            "<table>\n<tbody>\n<tr><td>1</td></tr>\n</tbody>\n</table>",
            '<table>\n<tbody>\n<tr><td colspan="2">1</td></tr>\n</tbody>\n</table>',
            [Remark(Matter.MARKUP)],
            id="something invisible",
        ),
        pytest.param("<p>发布了新模型</p>", "<p>发布了旧模型</p>", [], id="nothing but words"),
    ],
)
def test_what_is_no_word_is_said(old, new, remarks):
    assert list(only(old, new).remarks) == remarks


@given(BODIES, EDITS)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_both_bodies_can_be_read_out_of_the_comparison(body, edits):
    new = edited(body, edits)

    compared = compare_bodies(body, new)

    assert "".join(change.old for change in compared) == body
    assert "".join(change.new for change in compared) == new


@given(BODIES, EDITS)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_without_its_marks_each_side_is_the_block_again(body, edits):
    for change in compare_bodies(body, edited(body, edits)):
        assert unmarked(change.old_marked) == unmarked(change.old)
        assert unmarked(change.new_marked) == unmarked(change.new)


def unmarked(html: str) -> str:
    for mark in ("<ins>", "</ins>", "<del>", "</del>", '<ins class="reformatted">'):
        html = html.replace(mark, "")
    return "".join(html.replace('<del class="reformatted">', "").split())


@given(BODIES, EDITS)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_the_marks_pass_the_sanitiser(body, edits):
    for change in compare_bodies(body, edited(body, edits)):
        assert sanitise_compared(change.old_marked) == change.old_marked
        assert sanitise_compared(change.new_marked) == change.new_marked


@given(BODIES)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_a_body_is_the_same_as_itself(body):
    assert set(kinds(body, body)) <= {"same"}


# hostile


@given(st.one_of(ODD, st.sampled_from(VECTORS)), st.one_of(ODD, st.sampled_from(VECTORS)))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_any_two_texts_can_be_compared(old, new):
    compared = compare_bodies(old, new)

    assert "".join(change.old for change in compared) == old
    assert "".join(change.new for change in compared) == new


@given(ODD.map(sanitise), ODD.map(sanitise))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_no_word_is_lost_between_marks_however_broken_the_markup(old, new):
    for change in compare_bodies(old, new):
        assert words(change.old_marked) == words(change.old)
        assert words(change.new_marked) == words(change.new)


def words(html: str) -> str:
    return "".join(visible_text(html).split())


@pytest.mark.parametrize("vector", VECTORS)
def test_a_mark_opens_no_door(vector):
    old, new = sanitise(f"<p>甲乙丙{vector}丁</p>"), sanitise(f"<p>甲丙{vector}丁戊</p>")

    for change in compare_bodies(old, new):
        assert sanitise_compared(change.old_marked) == change.old_marked
        assert sanitise_compared(change.new_marked) == change.new_marked
