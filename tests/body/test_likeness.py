"""Titles that say the same, and titles that only look like it."""

import pytest

from articles.body.likeness import near_identical


@pytest.mark.parametrize(
    ("title", "other"),
    [
        pytest.param("芯片厂重启生产线", "芯片厂重启生产线", id="the same"),
        pytest.param("芯片厂，重启生产线！", "芯片厂重启生产线", id="punctuation"),
        pytest.param("ＡＩ芯片厂重启生产线", "ai芯片厂重启生产线", id="width and case"),
        pytest.param("芯片厂 重启 生产线", "芯片厂重启生产线", id="spaces"),
        pytest.param("芯片厂重启生产线", "芯片厂重启产线", id="a character less"),
        pytest.param(
            "苹果宣布明年春天推出新款折叠手机", "苹果宣布明年春季推出新款折叠手机", id="one other"
        ),
        pytest.param("iPhone 17 评测", "iphone17评测", id="same number"),
    ],
)
def test_titles_are_nearly_the_same(title, other):
    assert near_identical(title, ["别的事情", other]) == [1]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        pytest.param("芯片厂重启生产线", "芯片厂关停生产线", id="the contrary"),
        pytest.param("iPhone 16 评测：升级很小", "iPhone 17 评测：升级很小", id="other number"),
        pytest.param("早报 3 月 14 日", "早报 3 月 15 日", id="other day"),
        pytest.param("第 1 篇报道", "第 12 篇报道", id="other digits"),
        pytest.param("", "", id="no title at all"),
        pytest.param("！！！", "！！！", id="nothing but marks"),
        pytest.param("芯片厂重启生产线", "", id="untitled"),
        pytest.param("芯片", "芯片厂重启生产线", id="a part"),
    ],
)
def test_titles_are_different(title, other):
    assert near_identical(title, [other]) == []
