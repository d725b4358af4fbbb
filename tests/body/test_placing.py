"""Pictures beside a document: found in its body, and put in as what they became."""

import pytest

from articles.body.placing import PlacedPicture, is_beside, pictures_beside, place

PLACED = {"p/a.png": PlacedPicture(7, "/media/a.png", 64, 36)}


@pytest.mark.parametrize(
    ("address", "beside"),
    [
        ("p/a.png", True),
        ("../a.png", True),
        ("/media/a.png", False),
        ("https://example.com/a.png", False),
        ("//example.com/a.png", False),
        ("data:image/png;base64,x", False),
        ("#a", False),
        ("", False),
    ],
)
def test_only_a_relative_path_is_beside(address, beside):
    assert is_beside(address) is beside


def test_each_picture_is_named_once_in_order():
    body = (
        '<figure><img src="b.png" alt=""></figure>\n<figure><img src="/m.png" alt=""></figure>\n'
        '<video src="https://example.com/v.mp4" poster="s.png" controls></video>\n'
        '<figure><img src="b.png" alt=""></figure>'
    )

    assert pictures_beside(body) == ["b.png", "s.png"]


@pytest.mark.parametrize(
    ("body", "placed"),
    [
        pytest.param(
            '<figure><img src="p/a.png" alt="甲"></figure>',
            '<figure><img src="/media/a.png" alt="甲" data-image="7" width="64" height="36">'
            "</figure>",
            id="a picture of the library",
        ),
        pytest.param(
            '<p>前</p>\n<figure><img src="p/b.png" alt=""></figure>\n<p>后</p>',
            "<p>前</p>\n<p>后</p>",
            id="a missing picture goes",
        ),
        pytest.param(
            '<figure><img src="p/b.png" alt=""><figcaption>图说</figcaption></figure>',
            "<p>图说</p>",
            id="its caption stays",
        ),
        pytest.param(
            '<video src="https://example.com/v.mp4" poster="p/a.png" controls=""></video>',
            '<video src="https://example.com/v.mp4" poster="/media/a.png" controls=""></video>',
            id="a still of the library",
        ),
        pytest.param(
            '<video src="https://example.com/v.mp4" poster="p/b.png" controls=""></video>',
            '<video src="https://example.com/v.mp4" controls=""></video>',
            id="a film without its still",
        ),
        pytest.param(
            '<figure><img src="https://example.com/a.png" alt=""></figure>',
            '<figure><img src="https://example.com/a.png" alt=""></figure>',
            id="a remote picture is left",
        ),
    ],
)
def test_pictures_are_put_in(body, placed):
    assert place(body, PLACED) == placed
