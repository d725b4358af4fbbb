"""The gate at work: what it finds in a story."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from articles.desk import conflicts, gate, publishing, review, writing
from articles.desk.gate import IncompleteStory, findings, require_passed
from articles.gate import CHECKS, CheckName, Occasion, PlaceKind
from articles.images.models import Image
from articles.models import Article, Author, Category, LinkCheck, Snapshot
from tests import factories
from tests.desk.pictured import describe, header_of

A_DAY = timedelta(days=1)
BODY = "<p>工厂今天恢复生产。</p>"


def _names(found):
    return [finding.check.name for finding in found]


def _only(found, name):
    return [finding for finding in found if finding.check.name == name]


def _remote(name="a", **facts):
    return Image.objects.create(source_url=f"https://pictures.example/{name}.png", **facts)


def _figure(image, words=""):
    return f'<figure><img src="/media/x" data-image="{image.pk}">{words}</figure>'


# What is found


def test_nothing_is_said_of_a_whole_story(whole):
    assert findings(None, whole) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"title": ""}, CheckName.TITLE),
        ({"title": "  "}, CheckName.TITLE),
        ({"category": None}, CheckName.CATEGORY),
        ({"bylines": ()}, CheckName.AUTHOR),
        ({"body": ""}, CheckName.BODY),
        ({"body": "<p></p>"}, CheckName.BODY),
        ({"body": "<p><br></p>\n<hr>"}, CheckName.BODY),
        ({"bylines": ((99999, "author"),)}, CheckName.AUTHOR_GONE),
        ({"category": 99999}, CheckName.CATEGORY_GONE),
        ({"also_in": (99999,)}, CheckName.CATEGORY_GONE),
        ({"header_image": 99999}, CheckName.PICTURE_GONE),
        ({"title": "长" * 31}, CheckName.TITLE_LENGTH),
        ({"standfirst": " "}, CheckName.STANDFIRST),
        ({"licence": "reprint"}, CheckName.SOURCE),
        ({"licence": "compiled"}, CheckName.SOURCE),
        ({"title": "工厂,重启"}, CheckName.PUNCTUATION),
        ({"standfirst": "停了三年,又开了。"}, CheckName.PUNCTUATION),
        ({"body": "<p>今天,恢复生产。</p>"}, CheckName.PUNCTUATION),
    ],
    ids=str,
)
def test_what_is_wrong_is_found_and_nothing_else(whole, change, name):
    assert _names(findings(None, whole.changed(**change))) == [name]


@pytest.mark.parametrize(
    "change",
    [
        {"header_image": None},
        {"title": "长" * 30},
        {"licence": "reprint", "source_name": "纸业周刊"},
        {"body": '<figure data-embed="bilibili:BV1xx411c7mD"></figure>'},
        {"body": '<video src="https://a.cn/1.mp4" controls=""></video>'},
    ],
    ids=str,
)
def test_what_is_right_is_not_found(whole, change):
    assert findings(None, whole.changed(**change)) == []


def test_a_body_of_one_picture_is_not_empty(whole):
    body = _figure(header_of(whole))

    assert CheckName.BODY not in _names(findings(None, whole.changed(body=body)))


def test_what_blocks_is_told_first(whole):
    found = findings(None, whole.changed(standfirst="", category=None, licence="reprint"))

    assert [finding.is_blocking for finding in found] == [True, False, False]


def test_a_finding_is_about_the_field_it_was_found_in(whole):
    found = findings(None, whole.changed(title="甲,乙", body="<p>丙,丁</p><p>戊(己)</p>"))

    assert [(finding.about, [p.at for p in finding.places]) for finding in found] == [
        ("title", ["甲,乙"]),
        ("body", ["丙,丁", "戊(己)"]),
    ]


def test_a_sentence_names_the_first_three_of_many(whole):
    body = "".join(f"<p>第{number},段</p>" for number in "一二三四五")

    (finding,) = findings(None, whole.changed(body=body))

    with translation.override("en"):
        sentence = finding.sentence
    assert sentence == (
        "Half-width punctuation in Chinese text (5): “第一,段”、“第二,段”、“第三,段”……."
    )
    assert len(finding.places) == 5


# Pictures


def test_a_header_picture_needs_its_words(whole):
    describe(header_of(whole), alt="")

    found = findings(None, whole)

    assert [(f.check.name, f.is_blocking, f.about) for f in found] == [
        (CheckName.HEADER_ALT, True, "header_image")
    ]


def test_a_header_picture_that_only_decorates_needs_none(whole):
    describe(header_of(whole), alt="", is_decorative=True)

    assert findings(None, whole) == []


def test_a_picture_in_the_text_needs_its_words_too(whole):
    one, other = _remote("a", caption="厂房"), _remote("b", credit="厂方")
    body = BODY + _figure(one) + _figure(other)

    (finding,) = _only(findings(None, whole.changed(body=body)), CheckName.BODY_ALT)

    assert finding.is_blocking
    assert [(place.kind, place.at) for place in finding.places] == [
        (PlaceKind.PICTURE, str(one.pk)),
        (PlaceKind.PICTURE, str(other.pk)),
    ]
    assert "厂房" in finding.sentence


@pytest.mark.parametrize(
    ("attributes", "facts"),
    [
        pytest.param(' alt="生产线"', {}, id="said in the text"),
        pytest.param("", {"alt": "生产线"}, id="said in the library"),
        pytest.param(' alt="" role="presentation"', {}, id="decorates here"),
        pytest.param("", {"is_decorative": True}, id="decorates everywhere"),
    ],
)
def test_a_picture_in_the_text_that_has_its_words_needs_no_more(whole, attributes, facts):
    image = _remote(**facts)
    body = f'<figure><img src="/media/x" data-image="{image.pk}"{attributes}></figure>'

    assert _only(findings(None, whole.changed(body=body)), CheckName.BODY_ALT) == []


def test_a_picture_described_in_one_place_is_missed_in_the_other(whole):
    image = _remote()
    described = _figure(image).replace("<img", '<img alt="生产线"')

    found = findings(None, whole.changed(body=_figure(image) + described))

    assert len(_only(found, CheckName.BODY_ALT)) == 1


def test_a_picture_of_a_document_needs_no_words(whole):
    found = findings(None, whole.changed(body=BODY + _figure(_remote())), occasion=Occasion.IMPORT)

    assert not _only(found, CheckName.BODY_ALT)[0].is_blocking


def test_a_double_has_the_words_of_the_picture_it_is_a_double_of(whole):
    double = _remote(same_as=header_of(whole))

    assert findings(None, whole.changed(header_image=double.pk)) == []


@pytest.mark.parametrize(("days", "is_found"), [(-1, True), (0, False), (1, False), (None, False)])
def test_the_last_day_of_a_licence_still_counts(whole, days, is_found):
    last = None if days is None else timezone.localdate() + days * A_DAY
    describe(header_of(whole), licence_expires_on=last)

    found = findings(None, whole)

    assert _names(found) == [CheckName.LICENCE_EXPIRED] * is_found


def test_an_expired_picture_of_the_text_is_found_where_it_stands(whole):
    yesterday = timezone.localdate() - A_DAY
    picture = describe(header_of(whole), licence_expires_on=yesterday)
    body = BODY + _figure(picture)

    found = findings(None, whole.changed(header_image=None, body=body))

    (finding,) = _only(found, CheckName.LICENCE_EXPIRED)
    assert (finding.about, finding.is_blocking) == ("body", True)
    assert [(p.kind, p.at) for p in finding.places] == [(PlaceKind.PICTURE, str(picture.pk))]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"header_credit": "厂方"}, id="credited here"),
        pytest.param({"header_image": None}, id="no picture"),
    ],
)
def test_a_credit_may_stand_in_the_story(whole, change):
    describe(header_of(whole), credit="")

    assert findings(None, whole.changed(**change)) == []


def test_a_header_picture_without_credit_is_found(whole):
    describe(header_of(whole), credit="")

    (finding,) = findings(None, whole)

    assert (finding.check.name, finding.about) == (CheckName.CREDIT, "header_image")
    assert not finding.is_blocking


def test_a_credit_under_a_picture_of_the_text_counts(whole):
    picture = describe(header_of(whole), credit="")
    credited = "<figcaption>车间<small>厂方</small></figcaption>"
    story = whole.changed(header_image=None)

    without = findings(None, story.changed(body=BODY + _figure(picture)))
    within = findings(None, story.changed(body=BODY + _figure(picture, credited)))

    assert (_names(without), within) == ([CheckName.CREDIT], [])


def test_pictures_that_are_still_outside_are_found(whole):
    address = "https://pictures.example/unknown.png"
    credit = "<figcaption><small>甲</small></figcaption>"
    figure = f'<figure><img src="{address}" alt="车间">{credit}</figure>'
    header = _remote(alt="厂房", credit="乙")

    found = findings(None, whole.changed(header_image=header.pk, body=BODY + figure))

    assert [(f.check.name, f.about) for f in found] == [
        (CheckName.REMOTE_PICTURES, "header_image"),
        (CheckName.REMOTE_PICTURES, "body"),
    ]
    assert [(p.at, p.words) for p in found[1].places] == [(address, "车间")]


# Links


@pytest.mark.parametrize(
    ("status", "is_found"), [(404, True), (410, True), (200, False), (500, False), (None, False)]
)
def test_links_that_are_gone_are_found(whole, status, is_found):
    LinkCheck.objects.create(url="https://a.cn/1", status=status)
    body = '<p><a href="https://a.cn/1#a">旧文</a>和<a href="https://a.cn/2">新文</a></p>'

    found = findings(None, whole.changed(body=body))

    places = [(p.kind, p.at, p.words) for finding in found for p in finding.places]
    assert places == [(PlaceKind.LINK, "https://a.cn/1", "旧文")] * is_found


# Other stories


def test_a_recent_story_of_nearly_the_same_title_is_named(whole):
    other = factories.live(title="芯片厂，重启产线")

    (finding,) = findings(None, whole)

    assert finding.check.name == CheckName.SIMILAR_TITLE
    assert [(story.pk, story.title) for story in finding.stories] == [(other.pk, other.title)]


def test_a_recent_story_of_the_same_address_is_named(whole):
    other = factories.draft(title="完全不同的事", slug="chips")

    (finding,) = findings(None, whole.changed(slug="chips"))

    assert finding.check.name == CheckName.SAME_ADDRESS
    assert [story.pk for story in finding.stories] == [other.pk]


def test_a_story_is_not_like_itself(whole):
    story = writing.create(whole, by=None)

    assert findings(story, story.working_revision.snapshot) == []


@pytest.mark.parametrize(
    ("published", "edited", "is_found"),
    [
        pytest.param(3, 3, True, id="published lately"),
        pytest.param(40, 3, False, id="published long ago and looked at lately"),
        pytest.param(40, 40, False, id="published long ago"),
        pytest.param(None, 3, True, id="at the desk"),
        pytest.param(None, 40, False, id="forgotten at the desk"),
    ],
)
def test_only_recent_stories_are_compared(whole, published, edited, is_found):
    story = factories.draft() if published is None else factories.live()
    now = timezone.now()
    Article.objects.filter(pk=story.pk).update(edited_at=now - edited * A_DAY)
    if published is not None:
        moment = now - published * A_DAY
        Article.objects.update(first_published_at=moment, published_at=moment)

    found = findings(None, whole)

    assert _names(found) == [CheckName.SIMILAR_TITLE] * is_found


def test_a_withdrawn_story_is_no_recent_one_after_a_month(whole, charlie):
    story = publishing.withdraw(factories.live(), reason="事实有误。", by=charlie)
    long_ago = timezone.now() - 40 * A_DAY
    Article.objects.filter(pk=story.pk).update(first_published_at=long_ago, published_at=long_ago)

    assert findings(None, whole) == []


# Conflicts


@pytest.fixture
def colliding(draft, ellen, wanda, snapshot):
    """A story two people changed at the same time."""
    base = draft.working_revision
    writing.revise(draft, snapshot.changed(title="艾伦的标题"), by=ellen)
    conflicts.save(draft, snapshot.changed(title="万达的标题"), by=wanda, based_on=base)
    return draft


def test_an_open_conflict_blocks_publication(colliding, ellen):
    review.approve(colliding, by=ellen)

    with pytest.raises(IncompleteStory):
        publishing.publish(colliding, by=ellen)


def test_a_resolved_conflict_does_not(colliding, ellen):
    conflict = colliding.conflicts.get()
    seen = colliding.working_revision
    conflicts.resolve(conflict, outcome=conflict.Outcome.THEIRS, seen=seen, by=ellen)
    review.approve(colliding, by=ellen)

    publishing.publish(colliding, by=ellen)

    assert colliding in Article.objects.published()


# How it looks


def test_every_check_is_looked_for():
    assert list(gate._LOOKING) == list(CHECKS)


def test_a_look_takes_seven_queries_however_long_the_story(whole, django_assert_max_num_queries):
    pictures = "".join(_figure(_remote(str(n), alt="图", credit="甲")) for n in range(20))
    links = "".join(f'<p><a href="https://a.cn/{n}">词</a></p>' for n in range(50))
    authors = tuple((Author.objects.create(name=f"作者{n}").pk, "author") for n in range(10))
    more = tuple(Category.objects.create(name=f"频道{n}").pk for n in range(10))
    story = whole.changed(body=BODY + pictures + links, bylines=authors, also_in=more)
    story = writing.create(story, by=None)
    factories.many_live(5)

    with django_assert_max_num_queries(7):
        findings(story, story.working_revision.snapshot)


def test_what_is_only_advice_is_not_looked_for_at_publication(whole, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        require_passed(None, whole, occasion=Occasion.PUBLISH)


def test_an_empty_story_is_told_all_that_it_lacks(db):
    found = findings(None, Snapshot(), occasion=Occasion.SUBMIT)

    assert _names(found) == [
        *(CheckName.TITLE, CheckName.CATEGORY, CheckName.AUTHOR, CheckName.BODY),
        CheckName.STANDFIRST,
    ]
