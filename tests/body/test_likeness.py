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
        pytest.param("苹果公司发布第一季度财报", "苹果公司公布第一季度财报", id="same quarter"),
        pytest.param(
            "他们一起开发的模型正式上线", "他们一同开发的模型正式上线", id="one in a word"
        ),
        pytest.param(
            "十分期待的新款手机今天开卖", "万分期待的新款手机今天开卖", id="ten in a word"
        ),
        pytest.param("C++ 新标准今天正式发布", "C++新标准正式发布", id="same sign"),
        pytest.param("人 + 机器：新的协作方式", "人机器新的协作方式", id="a sign between words"),
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
        *(
            pytest.param(title.format(one), title.format(other), id=f"{one} and {other}")
            for title, one, other in (
                ("苹果公司发布第{}季度财报", "一", "二"),
                ("全国用电量{}月份继续增长", "三", "四"),
                ("新能源汽车{}月份销量创下新高", "十", "十一"),
                ("下一届大会将于周{}正式开幕", "五", "六"),
                ("一周科技要闻：星期{}的几件事", "二", "四"),
                ("第{}代骁龙处理器的跑分来了", "二", "三"),
                ("全球人工智能企业排名第{}的公司", "一", "三"),
                ("二〇二{}年度十大科技新闻揭晓", "四", "五"),
                ("{}号线地铁今天正式开通运营", "六", "八"),
                ("{} 新标准正式发布", "C++", "C#"),
                ("{} 新标准正式发布", "C", "C++"),
                ("三星 Galaxy {} 完整评测来了", "S25", "S25+"),
            )
        ),
        pytest.param("", "", id="no title at all"),
        pytest.param("！！！", "！！！", id="nothing but marks"),
        pytest.param("芯片厂重启生产线", "", id="untitled"),
        pytest.param("芯片", "芯片厂重启生产线", id="a part"),
    ],
)
def test_titles_are_different(title, other):
    assert near_identical(title, [other]) == []
