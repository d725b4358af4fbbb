"""Readable addresses."""

import pytest

from articles.slugs import numbered, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("重庆银行行长", "chong-qing-yin-hang-hang-zhang"),
        ("Meta将PyTorch独立", "meta-jiang-pytorch-du-li"),
        ("５Ｇ 网络", "5g-wang-luo"),
        ("Café naïve", "cafe-naive"),
        ("臺灣積體電路", "tai-wan-ji-ti-dian-lu"),
        ("  空 格  ", "kong-ge"),
    ],
    ids=["phrases", "mixed", "full width", "accents", "traditional", "spaces"],
)
def test_a_title_becomes_a_slug(text, slug):
    assert slugify(text) == slug


def test_a_long_title_is_cut_between_words():
    slug = slugify("字" * 100)

    assert len(slug) <= 60
    assert slug.endswith("zi")


# --- hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "🎉🎉", "———", "\x00\u202e", "…"], ids=ascii)
def test_what_cannot_be_spelled_gets_the_fallback(text):
    assert slugify(text, fallback="tag") == "tag"


def test_one_endless_word_is_cut():
    assert slugify("a" * 500) == "a" * 60


def test_a_number_fits_into_the_length():
    assert numbered("a" * 60, 12) == "a" * 57 + "-12"
