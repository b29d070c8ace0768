"""The regulation's default rule set, written out, and how a test changes what matters of it."""

from dataclasses import replace
from datetime import time
from typing import Any, Final

from domain.kernel.area import Area
from domain.kernel.rule_set import (
    FIRST_IN_FORCE,
    Cycle,
    Needs,
    ResponseTimes,
    RevocationMode,
    RuleSet,
    ServiceHours,
    Violation,
)

_POINTS: Final = (
    ("V01", "因管理失职造成人员死亡的重大责任事故", 25),
    ("V02", "与职务有关的犯罪被追究刑事责任", 25),
    ("V03", "挪用、侵占专项维修资金", 25),
    ("V04", "出租、出借、转让、伪造证书", 25),
    ("V05", "突发事件中拒不服从统一指挥或擅离岗位", 25),
    ("V06", "利用管理便利索取财物、威胁恐吓业主", 25),
    ("V07", "隐瞒重大安全隐患或事故不报", 15, 10, 20),
    ("V08", "擅自改变物业用房、共用设施用途或占用道路场地", 12, 8, 15),
    ("V09", "擅自利用共用部位经营", 12, 8, 15),
    ("V10", "违规收费且不整改，收费不公示", 10, 6, 12),
    ("V11", "擅自停水停电", 6, 3, 12),
    ("V12", "未完成继续教育学时", 10, 5, 10),
    ("V13", "超出两个项目或二十万平方米任职", 10, 8, 15),
    ("V14", "未经执业注册担任项目经理", 15, 10, 20),
    ("V15", "年度考核弄虚作假", 10, 8, 15),
    ("V16", "年检不合格经整改合格", 5),
    ("V17", "招投标违规", 5, 3, 10),
    ("V18", "无正当理由拒不配合检查", 5, 3, 8),
    ("V19", "任职三十日内未备案", 5),
    ("V20", "对投诉置之不理且不配合调查", 5, 3, 8),
    ("V21", "投诉未按时限处理（每件）", 3, 1, 5),
    ("V22", "回访不满意且未改进（每件）", 2, 1, 3),
    ("V23", "十人以上集体上访（每件）", 5),
    ("V24", "未启动应急预案致损失扩大", 5, 3, 10),
    ("V25", "未执行每日业务接待、服务电话无人接听", 3, 1, 6),
    ("V26", "急修超时（每件）", 3, 1, 5),
    ("V27", "未对装修进行告知、巡查、制止", 3, 1, 5),
    ("V28", "设施设备维保计划未执行、台账缺失", 3, 1, 5),
    ("V29", "空置房逢雨未检，工程维修未全部回访", 1, 1, 3),
    ("V30", "检查整改项逾期未验证", 2, 1, 3),
    ("V31", "安保、保洁人员低于配置标准", 2, 1, 3),
    ("V32", "资料移交不全、未归档", 2, 1, 3),
    ("V33", "违反物业服务合同约定，经查实逾期未整改", 3, 1, 5),
)
_NEEDS: Final = {"V14": Needs.NOTHING} | dict.fromkeys(
    ("V02", "V04", "V12", "V13", "V15", "V16", "V17", "V19", "V33"), Needs.REGISTRATION
)
_PER_CASE: Final = frozenset({"V21", "V22", "V23", "V26"})
_FIVE_YEARS: Final = frozenset({"V01", "V07"})
_ON_APPOINTMENTS_TOO: Final = frozenset({"V13", "V14"})


def _violation(
    code: str, sentence: str, points: int, lowest: int | None = None, highest: int | None = None
) -> Violation:
    return Violation(
        code=code,
        sentence=sentence,
        points=points,
        lowest=points if lowest is None else lowest,
        highest=points if highest is None else highest,
        needs=_NEEDS.get(code, Needs.TENURE),
        per_case=code in _PER_CASE,
        limitation_years=5 if code in _FIVE_YEARS else None,
        clause="Text 3 §2(1), §2(3)" if code in _ON_APPOINTMENTS_TOO else "Text 3 §2(3)",
    )


DEFAULT: Final = RuleSet(
    version="2000-1",
    in_force_from=FIRST_IN_FORCE,
    max_projects=2,
    max_area_m2=Area.of(200_000),
    cycle=Cycle.CALENDAR_YEAR,
    warning_points=13,
    interview_points=19,
    revocation_points=25,
    inspection_fail_points=25,
    revocation_mode=RevocationMode.IMMEDIATE,
    hearing_days=5,
    limitation_years=2,
    replacement_days=30,
    holidays=(),
    make_up_days=(),
    ban_years=2,
    objection_days=15,
    rectification_days=15,
    repeat_offence_count=3,
    timezone="Asia/Shanghai",
    catalogue=tuple(_violation(*entry) for entry in _POINTS),
    sla={
        "emergency": ResponseTimes(respond_minutes=30, resolve_hours=24),
        "minor": ResponseTimes(respond_minutes=30, resolve_hours=24, respond_in_service_hours=True),
        "complex": ResponseTimes(respond_minutes=72 * 60, resolve_working_days=7),
        "complaint": ResponseTimes(respond_minutes=24 * 60, resolve_hours=7 * 24),
        "consultation": ResponseTimes(respond_minutes=24 * 60, resolve_hours=7 * 24),
        "suggestion": ResponseTimes(respond_minutes=24 * 60, resolve_hours=7 * 24),
    },
    service_hours=ServiceHours(opens=time(8), closes=time(18)),
    major_take_charge_hours=2,
)


def rule_set(**changes: Any) -> RuleSet:
    """Answer the default rule set with some keys changed."""
    return replace(DEFAULT, **changes)
