"""Pictures, categories, documents, staff and the outlet in the admin."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.desk import writing
from articles.images.models import Image
from articles.models import Article, Author, Category, ImportedDocument, Page, Revision, Tag, User
from tests import factories
from tests.admin import newsrooms


def test_a_picture_is_taken_in_by_the_one_door(client, wanda):
    client.force_login(wanda)

    client.post(reverse("admin:images_image_add"), picture_form())

    picture = Image.objects.get()
    assert (picture.width, picture.height, picture.alt) == (64, 36, "一块颜色")
    assert picture.uploaded_by == wanda


def test_a_picture_we_have_is_not_kept_twice(client, wanda):
    known = factories.picture(alt="原来的")
    client.force_login(wanda)

    client.post(reverse("admin:images_image_add"), picture_form())

    assert Image.objects.get() == known


def test_what_is_no_picture_is_refused_with_a_sentence(client, wanda):
    client.force_login(wanda)

    response = client.post(
        reverse("admin:images_image_add"), picture_form(SimpleUploadedFile("a.png", b"<html>"))
    )

    assert response.context["adminform"].form.errors["upload"]
    assert not Image.objects.exists()


def test_a_form_without_file_and_address_is_refused(client, wanda):
    client.force_login(wanda)

    response = client.post(reverse("admin:images_image_add"), {"licence": "own"})

    assert response.context["adminform"].form.non_field_errors()


def test_a_picture_can_stay_where_it_is(client, wanda):
    client.force_login(wanda)
    address = "https://pictures.example/a.jpg"

    client.post(reverse("admin:images_image_add"), {"licence": "unknown", "source_url": address})

    assert Image.objects.get().source_url == address


def test_the_focal_point_is_saved(client, ellen):
    picture = factories.picture()
    client.force_login(ellen)

    client.post(
        reverse("admin:images_image_change", args=[picture.pk]),
        {"licence": "own", "focal_point": "0.250x0.750"},
    )

    picture.refresh_from_db()
    assert picture.focus == (0.25, 0.75)


def test_the_body_editor_finds_pictures(client, wanda):
    wanted = factories.picture(alt="一块颜色", credit="甲社")
    Image.objects.create(source_url="https://pictures.example/b.png", alt="别的")
    client.force_login(wanda)

    answer = client.get(reverse("admin:images_image_choose"), {"q": "颜色"}).json()

    assert [(p["id"], p["src"], p["credit"]) for p in answer["pictures"]] == [
        (wanted.pk, wanted.url, "甲社")
    ]


def test_otto_finds_no_pictures(client, otto):
    client.force_login(otto)

    response = client.get(reverse("admin:images_image_choose"))

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("direction", "order"),
    [("up", ["乙", "甲", "丙"]), ("down", ["甲", "丙", "乙"])],
    ids=["up", "down"],
)
def test_a_category_changes_places(client, charlie, direction, order):
    _first, second, _third = (factories.category(name) for name in "甲乙丙")
    client.force_login(charlie)

    client.post(reverse("admin:articles_category_move", args=[second.pk, direction]))

    assert [c.name for c in Category.objects.order_by("position")] == order


def test_a_category_does_not_move_by_looking(client, charlie):
    category = factories.category("甲")
    client.force_login(charlie)

    response = client.get(reverse("admin:articles_category_move", args=[category.pk, "up"]))

    assert response.status_code == 405


def test_an_editor_does_not_move_categories(client, ellen):
    factories.category("甲")
    second = factories.category("乙")
    client.force_login(ellen)

    client.post(reverse("admin:articles_category_move", args=[second.pk, "up"]))

    assert [c.name for c in Category.objects.order_by("position")] == ["甲", "乙"]


def test_a_category_cannot_lie_in_itself(client, charlie):
    channel = factories.category("甲")
    section = factories.category("乙", parent=channel)
    client.force_login(charlie)

    response = client.post(
        reverse("admin:articles_category_change", args=[channel.pk]),
        {"name": "甲", "parent": section.pk, "slug": channel.slug},
    )

    assert response.status_code == 200
    assert response.context["adminform"].form.errors


def test_a_document_runs_again_and_changes_nothing(client, ellen, live):
    newsrooms.fill(by=None, story=live)
    document = ImportedDocument.objects.latest("pk")
    revisions = Revision.objects.count()
    client.force_login(ellen)

    response = client.post(again(document))

    assert response.status_code == 302
    assert Revision.objects.count() == revisions


def test_a_document_does_not_run_again_by_looking(client, ellen, live):
    newsrooms.fill(by=None, story=live)
    client.force_login(ellen)

    response = client.get(again(ImportedDocument.objects.latest("pk")))

    assert response.status_code == 405


def test_a_reporter_does_not_import(client, wanda, live):
    newsrooms.fill(by=None, story=live)
    client.force_login(wanda)

    response = client.post(again(ImportedDocument.objects.latest("pk")))

    assert response.status_code == 403


def test_the_original_stands_beside_the_result(client, ellen, live):
    newsrooms.fill(by=None, story=live)
    document = ImportedDocument.objects.latest("pk")
    client.force_login(ellen)

    page = client.get(reverse("admin:articles_importeddocument_change", args=[document.pk]))

    assert "&lt;div&gt;&lt;p&gt;Some words of our own." in page.content.decode()
    assert "<p>Some words of our own.</p>" in page.content.decode()


def test_the_list_of_outlets_is_the_outlet(client, charlie):
    client.force_login(charlie)

    response = client.get(reverse("admin:articles_outlet_changelist"))

    assert response["Location"] == reverse("admin:articles_outlet_change", args=[1])


def test_the_chief_makes_no_superuser(client, charlie, wanda):
    client.force_login(charlie)
    form = {"username": "wanda", "name": "Wanda", "is_superuser": "on", "is_active": "on"}

    client.post(reverse("admin:articles_user_change", args=[wanda.pk]), form)

    wanda.refresh_from_db()
    assert not wanda.is_superuser


def test_the_chief_does_not_touch_a_superuser(client, charlie):
    boss = User.objects.create_superuser(username="boss", password="long-enough-1")
    client.force_login(charlie)

    response = client.post(reverse("admin:articles_user_change", args=[boss.pk]), {"username": "x"})

    assert response.status_code == 403


def test_groups_are_shown_by_their_names_and_never_changed(client, charlie):
    client.force_login(charlie)

    response = client.post(reverse("admin:auth_group_change", args=[1]), {"name": "x"})

    assert response.status_code == 403


def test_an_author_in_use_is_not_deleted(client, charlie, live, author):
    client.force_login(charlie)

    client.post(reverse("admin:articles_author_delete", args=[author.pk]), {"post": "yes"})

    assert Author.objects.filter(pk=author.pk).exists()


@pytest.mark.parametrize("page", ["changelist", "add"])
def test_admin_pages_carry_their_own_policy(client, charlie, page):
    client.force_login(charlie)

    response = client.get(reverse(f"admin:articles_article_{page}"))

    policy = response.headers["Content-Security-Policy"]
    assert "'unsafe-eval'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_a_story_made_elsewhere_shows_who_made_it(client, charlie):
    story = factories.draft()
    client.force_login(charlie)

    response = client.get(reverse("admin:articles_article_change", args=[story.pk]))

    assert Article.objects.get().working_revision.number == 1
    assert writing.working_snapshot(story).title in response.content.decode()


@pytest.mark.parametrize(
    "address", ["", "https://pictures.example/other.png"], ids=["none", "of another picture"]
)
def test_a_remote_picture_keeps_an_address_of_its_own(client, ellen, address):
    Image.objects.create(source_url="https://pictures.example/other.png")
    picture = Image.objects.create(source_url="https://pictures.example/one.png")
    client.force_login(ellen)

    response = client.post(
        reverse("admin:images_image_change", args=[picture.pk]),
        {"licence": "own", "focal_point": "0.5x0.5", "source_url": address},
    )

    assert response.context["adminform"].form.errors["source_url"]


def test_a_picture_we_have_needs_no_address(client, ellen):
    picture = factories.picture(source_url="https://pictures.example/one.png")
    client.force_login(ellen)

    client.post(
        reverse("admin:images_image_change", args=[picture.pk]),
        {"licence": "own", "focal_point": "0.5x0.5", "source_url": ""},
    )

    picture.refresh_from_db()
    assert picture.source_url == ""


@pytest.mark.parametrize("holds", ["a child", "a story", "a story that is also in it"])
def test_a_category_that_is_not_empty_is_not_deleted(client, charlie, live, holds):
    category = factories.category("甲")
    if holds == "a child":
        factories.category("乙", parent=category)
    elif holds == "a story":
        Article.objects.update(category=category)
    else:
        live.also_in.add(category)
    client.force_login(charlie)

    response = client.post(
        reverse("admin:articles_category_delete", args=[category.pk]), {"post": "yes"}
    )

    assert Category.objects.filter(pk=category.pk).exists()
    assert "甲" in " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_an_empty_category_is_deleted(client, charlie):
    category = factories.category("甲")
    client.force_login(charlie)

    client.post(reverse("admin:articles_category_delete", args=[category.pk]), {"post": "yes"})

    assert not Category.objects.exists()


def test_who_sees_no_logins_chooses_none(client, ellen, charlie, author):
    client.force_login(ellen)
    address = reverse("admin:articles_author_change", args=[author.pk])

    form = client.get(address).context["adminform"].form
    client.force_login(charlie)
    form_of_the_chief = client.get(address).context["adminform"].form

    assert "user" not in form.fields
    assert "user" in form_of_the_chief.fields


def test_an_editor_filters_events_by_those_who_acted(client, ellen, wanda, charlie, draft):
    client.force_login(ellen)

    page = client.get(reverse("admin:articles_event_changelist"), {"actor__id__exact": wanda.pk})

    assert [event.actor for event in page.context["cl"].result_list] == [wanda]
    offered = page.context["cl"].filter_specs[1].lookup_choices
    assert offered == [(wanda.pk, "Wanda")]


@pytest.mark.parametrize("model", ["author", "tag"])
def test_names_are_listed_in_their_order(client, charlie, model):
    made = factories.author if model == "author" else (lambda name: Tag.objects.create(name=name))
    for name in "cab":
        made(name)
    client.force_login(charlie)

    page = client.get(reverse(f"admin:articles_{model}_changelist"))

    assert [row.name for row in page.context["cl"].result_list] == ["a", "b", "c"]


def test_the_chief_writes_a_page_in_the_editor_of_stories(client, charlie):
    client.force_login(charlie)
    address = reverse("admin:articles_page_add")

    form = client.get(address)
    client.post(
        address, {"title": "关于我们", "body": "<p>七个人</p>", "position": 0, "is_public": "on"}
    )

    page = Page.objects.get()
    assert "data-desk-body" in form.text
    assert "七个人" in client.get(page.get_absolute_url()).text


def test_a_page_saved_unchanged_keeps_its_text_to_the_letter(client, charlie):
    page = factories.page("关于我们", body="<p>一 <strong>二</strong></p>\n\n<p>三</p>")
    client.force_login(charlie)
    sent = {"title": page.title, "body": page.body.replace("\n", "\r\n"), "position": 5}
    sent["based_on"] = page.versions.get().pk

    client.post(reverse("admin:articles_page_change", args=[page.pk]), sent)

    body = page.body
    page.refresh_from_db()
    assert (page.body, page.position) == (body, 5)


def test_two_pages_for_one_purpose_are_refused_with_a_sentence(client, charlie):
    factories.page("关于我们", purpose=Page.Purpose.ABOUT)
    client.force_login(charlie)

    response = client.post(
        reverse("admin:articles_page_add"), {"title": "又一页", "purpose": "about", "position": 0}
    )

    assert response.context["adminform"].form.errors
    assert Page.objects.count() == 1


def test_an_author_is_given_links_of_the_web_only(client, charlie, author):
    client.force_login(charlie)
    address = reverse("admin:articles_author_change", args=[author.pk])
    sent = {"name": author.name, "kind": "person", "slug": author.slug}

    client.post(address, sent | {"links": '{"微博": "https://weibo.example/shen"}'})
    refused = client.post(address, sent | {"links": '{"微博": "javascript:alert(1)"}'})

    author.refresh_from_db()
    assert author.links == {"微博": "https://weibo.example/shen"}
    assert refused.context["adminform"].form.errors["links"]


def picture_form(upload=None):
    upload = upload or SimpleUploadedFile("a.png", factories.picture_file())
    return {"upload": upload, "alt": "一块颜色", "licence": "own"}


def again(document):
    return reverse("admin:articles_importeddocument_again", args=[document.pk])
