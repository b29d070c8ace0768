"""What residents might say: made-up sentences, repetitive as such sentences are, with a tail that is never the same."""

from collections.abc import Sequence
from random import Random
from typing import Final


def _words(text: str) -> Sequence[str]:
    return text.split()


PLACES: Final = _words(
    "厨房 卫生间 客厅 主卧 次卧 阳台 楼道 电梯 单元门 地下车库 消防通道 屋顶 外墙 水表间 配电箱 门禁 绿化带 游乐场 "
    "垃圾房 快递柜 可视对讲 燃气表 暖气片 下水道 马桶 洗手池 热水器 窗户 防盗门 照明灯"
)
TROUBLES: Final = _words(
    "漏水 渗水 堵塞 跳闸 不亮 异响 损坏 开裂 脱落 无法关闭 有异味 停电 停水 卡住 噪音扰民 积水 水压不足 接触不良 "
    "无人清理 被占用 破损 松动 短路 发霉 结冰"
)
REMARKS: Final = _words(
    "请尽快派人处理 已持续两天 邻居也反映过 家中有老人行动不便 影响出行 上次维修后又出现 希望今天解决 请先电话联系 "
    "晚上更严重 说会来但没有来 存在安全隐患 需要带梯子 走廊里都是水 孩子害怕 请给个说法 收费不合理 服务态度不好 "
    "建议增加巡逻 咨询装修手续 停车位怎么办理"
)
WORKS: Final = _words("更换 修复 清理 疏通 调整 加固 检修 重装")
NAMES: Final = _words("赵 钱 孙 李 周 吴 郑 王 冯 陈 褚 卫 蒋 沈 韩 杨")
COMMON: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政"
    "四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最"
    "立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根"
    "论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联"
)
"""The commonest characters, of which the tails are made."""


def description(random: Random) -> str:
    """Say what is wrong, and something more."""
    said = f"{random.choice(PLACES)}{random.choice(TROUBLES)},{random.choice(REMARKS)}"
    if random.random() < 0.6:  # noqa: PLR2004 - so often there is a second trouble
        said += f",{random.choice(PLACES)}{random.choice(TROUBLES)}"
    return f"{said}。{tail(random, 5, 40)}"


def result(random: Random) -> str:
    """Say what was done."""
    return f"已{random.choice(WORKS)}{random.choice(PLACES)},{tail(random, 3, 15)}"


def tail(random: Random, least: int, most: int) -> str:
    """Say so many characters of anything."""
    return "".join(random.choices(COMMON, k=random.randint(least, most)))


def unit(random: Random) -> str:
    """Name a household."""
    return f"{random.randint(1, 30)}-{random.randint(1, 4)}-{random.randint(1, 30)}{random.randint(1, 4):02}"
