"""What is to be seen on the sample newsroom's illustrations, for those who cannot see them."""

from pathlib import PurePosixPath

from articles.images.models import Image
from articles.models import ImportedDocument
from newsroom.sample.illustrations import PICTURES

CREDIT = "芦灯插图"
SEEN = {
    "blocks": "许多等距立方体堆成的城市，一块涂成朱红",
    "branches": "从一根主干分出的细枝，末端点着朱红",
    "cards": "几张叠开的纸片，其中一张是朱红",
    "chip": "一枚伸出引线的芯片，几条引线亮成朱红",
    "columns": "报纸的几栏版面，有一行标成朱红",
    "contours": "一圈圈等高线围着一处朱红",
    "currents": "向同一方向流动的细线，夹着几缕朱红",
    "grooves": "唱片纹一样的同心圆弧，有一道朱红",
    "halftone_ball": "网点组成的圆球，投下一片影子",
    "halftone_field": "大小渐变的网点，几处晕成朱红",
    "iris": "镜头光圈的叶片围着朱红的圆心",
    "keyhole": "一个钥匙孔，四周放出细线",
    "lanes": "并行的线路，一条朱红换了道",
    "layers": "一层层叠起的岩层，一层是朱红",
    "letter": "网点拼成的一个字符",
    "orbits": "同心的轨道上有一颗朱红的行星",
    "ridges": "层层山脊，天上一轮朱红的太阳",
    "seeds": "螺旋排列的种子，几粒是朱红",
    "sound": "一段声波，中间几根竖线是朱红",
    "stars": "散落的星点连成星图，一颗是朱红",
    "tiles": "四分圆的瓷砖拼成图案，几块是朱红",
    "truchet": "弧线首尾相接的花纹，一部分是朱红",
    "waves": "一排排海浪，天上一轮圆月",
    "weave": "经线和纬线交织，一根是朱红",
}


def describe_pictures() -> None:
    """Give each picture that came with a sample document its alternative text and credit."""
    for pictures in ImportedDocument.objects.values_list("pictures", flat=True):
        for address, pk in pictures.items():
            alt = alternative_text(PurePosixPath(address).stem)
            Image.objects.filter(pk=pk, alt="").update(alt=alt, credit=CREDIT)


def alternative_text(name: str) -> str:
    """What is to be seen on the picture of that name."""
    return f"插图：{SEEN[PICTURES[name]['composition']]}"
