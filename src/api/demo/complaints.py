"""What residents of made-up estates report, and what they are told."""

from typing import Final

from domain.service_requests.words import Category, Channel

SAID: Final[dict[Category, tuple[str, ...]]] = {
    Category.EMERGENCY: (
        "厨房水管爆裂，水已流到楼道",
        "电梯停在半层，有人被困",
        "整栋楼突然停电",
        "燃气表附近有异味",
    ),
    Category.MINOR: ("卫生间水龙头滴水", "楼道声控灯不亮", "单元门禁刷卡没有反应", "马桶水箱一直进水", "客厅插座没电"),
    Category.COMPLEX: ("外墙渗水，北卧室墙面发霉", "地下车库顶板漏水", "阳台栏杆锈蚀松动", "屋面防水层老化，雨天漏水"),
    Category.COMPLAINT: (
        "夜间装修噪音",
        "电动车停在楼道里充电",
        "垃圾桶旁污水横流",
        "保安夜间不在岗",
        "地库车位长期被占用",
    ),
    Category.CONSULTATION: ("装修手续如何办理", "门禁卡丢了怎么补办", "物业费可以按季度交吗", "地库车位怎么续租"),
    Category.SUGGESTION: (
        "希望在东门加装减速带",
        "建议增设充电桩",
        "建议把健身器材换成新的",
        "希望公示维保记录",
    ),
}
DONE: Final[dict[Category, tuple[str, ...]]] = {
    Category.EMERGENCY: ("已关闸抢修，更换管件后恢复", "已会同维保单位处理，恢复运行"),
    Category.MINOR: ("已更换损坏的零件，试用正常", "已清理检修，试用正常"),
    Category.COMPLEX: ("已重做防水并修补墙面", "已加固并重新刷漆"),
    Category.COMPLAINT: ("已到现场制止，并加强巡查", "已约谈责任人并整改"),
    Category.CONSULTATION: ("已当面说明办理方法", "已电话说明所需材料"),
    Category.SUGGESTION: ("已列入本季度计划", "已转业主委员会讨论"),
}
REPLIES: Final = ("您好，您反映的问题已处理，感谢监督。", "您好，已核实情况并整改，我们将持续巡查。")
LESSONS: Final = ("接到投诉后先到现场再答复，当天给出处理时限。", "同类投诉集中时，应张贴通知并安排专人巡查。")
REASONS_TO_REOPEN: Final = ("修好两天后又出现同样的问题", "只处理了一处，另一处没有处理")
CHANNELS: Final = (Channel.HOTLINE, Channel.COUNTER, Channel.APP, Channel.CONTROL_ROOM, Channel.HOTLINE_12345)
CHANNEL_WEIGHTS: Final = (45, 25, 18, 7, 5)
CATEGORIES: Final = tuple(SAID)
CATEGORY_WEIGHTS: Final = (9, 36, 15, 20, 12, 8)
