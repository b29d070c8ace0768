"""The one table: which exception is told as which problem."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.http.language import Said
from api.http.misfits import (
    FileTooLarge,
    Malformed,
    MalformedHeader,
    Misfit,
    NoForm,
    TooLarge,
    Unauthenticated,
    UnknownRoute,
    Unsupported,
    WrongMethod,
)
from api.http.problems import Problem
from application.attachments.ports import BlobsUnavailable
from application.kernel.permissions import Forbidden
from application.kernel.ports import OutcomeUnknown, TooMany, Unavailable
from application.kernel.refusals import KeyInProgress, KeyReused, ReadModelBehind, RefusedOnRecord, StaleVersion
from application.kernel.tokens import BadToken
from domain.kernel.errors import NoSuchThing, Unacceptable
from domain.kernel.rules import RulesBroken


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of problem: its status and code, what it is called and what to say of it.

    `retry_after` is in seconds, for what may pass by itself.
    """

    status: int
    code: str
    title: Said
    detail: Said
    retry_after: int | None = None


INTERNAL: Final = Family(
    500,
    "internal",
    Said("内部错误", "Internal error"),
    Said("服务出错，已记录", "something went wrong here and is on record"),
)

_MALFORMED: Final = Said("请求格式不正确", "Malformed request")
_UNAUTHENTICATED: Final = Said("未认证", "Not authenticated")
_SEE_ERRORS: Final = Said("见 errors 中逐项说明", "errors says what does not fit")
_NOT_FOUND: Final = Said("不存在", "Not found")
_TRY_AGAIN: Final = Said("暂不可用", "Not available now")

FAMILIES: Final[Mapping[type[Exception], Family]] = {
    TooLarge: Family(413, "too-large", Said("请求体过大", "Body too large"), Said("至多 1 MiB", "at most 1 MiB")),
    Unsupported: Family(
        415,
        "unsupported",
        Said("不支持的内容类型", "Unsupported content type"),
        Said("请使用 application/json（UTF-8，不压缩）", "send application/json in UTF-8, not compressed"),
    ),
    FileTooLarge: Family(
        413, "too-large", Said("文件过大", "File too large"), Said("文件至多 10 MiB", "a file has at most 10 MiB")
    ),
    NoForm: Family(
        415,
        "unsupported",
        Said("不支持的内容类型", "Unsupported content type"),
        Said("请使用 multipart/form-data，不压缩", "send multipart/form-data, not compressed"),
    ),
    Unauthenticated: Family(
        401, "unauthenticated", _UNAUTHENTICATED, Said("请提供 Bearer 令牌", "send a bearer token")
    ),
    BadToken: Family(
        401, "unauthenticated", _UNAUTHENTICATED, Said("令牌无效或已过期", "the token is not valid or has expired")
    ),
    Forbidden: Family(
        403, "forbidden", Said("无权操作", "Not allowed"), Said("您的角色不能进行此操作", "your role may not do this")
    ),
    Malformed: Family(422, "malformed", _MALFORMED, _SEE_ERRORS),
    Unacceptable: Family(422, "malformed", _MALFORMED, _SEE_ERRORS),
    MalformedHeader: Family(400, "malformed", _MALFORMED, Said("请求头不正确", "a header is malformed")),
    NoSuchThing: Family(
        404, "not-found", Said("不存在", "Not found"), Said("不存在或不可见", "nothing here that you may see")
    ),
    UnknownRoute: Family(
        404, "not-found", Said("不存在", "Not found"), Said("没有这个地址", "there is nothing at this path")
    ),
    WrongMethod: Family(
        405,
        "method-not-allowed",
        Said("方法不适用", "Method not allowed"),
        Said("此地址不支持该方法", "this path does not take this method"),
    ),
    KeyReused: Family(
        422,
        "idempotency.key-reused",
        Said("幂等键已用于其他请求", "Idempotency key reused"),
        Said("此 Idempotency-Key 已用于内容不同的请求", "this Idempotency-Key was used for another request"),
    ),
    KeyInProgress: Family(
        409,
        "idempotency.in-progress",
        Said("请求处理中", "Still in progress"),
        Said("使用此 Idempotency-Key 的请求仍在处理", "the first request with this Idempotency-Key is still running"),
        retry_after=1,
    ),
    StaleVersion: Family(
        412, "stale", Said("版本已过时", "Stale version"), Said("已有更新的版本", "there is a newer version")
    ),
    RulesBroken: Family(409, "rules-broken", Said("规则不允许", "The rules refuse this"), _SEE_ERRORS),
    TooMany: Family(
        429,
        "too-many",
        Said("请求过多", "Too many requests"),
        Said("请稍后重试", "try again in a moment"),
        retry_after=1,
    ),
    ReadModelBehind: Family(
        503,
        "read-model.behind",
        _TRY_AGAIN,
        Said("数据尚未更新到所要求的位置", "the read model has not reached the position asked for"),
        retry_after=1,
    ),
    Unavailable: Family(
        503,
        "unavailable",
        _TRY_AGAIN,
        Said("数据库暂不可用，未写入任何内容，可重试", "the database is out of reach, nothing was written: try again"),
        retry_after=2,
    ),
    BlobsUnavailable: Family(
        503,
        "unavailable",
        _TRY_AGAIN,
        Said("附件存储暂不可用，可重试", "attachments are out of reach: try again"),
        retry_after=2,
    ),
    OutcomeUnknown: Family(
        503,
        "outcome.unknown",
        Said("结果未知", "Outcome unknown"),
        Said("结果未知，仅可用同一 Idempotency-Key 重试", "try again only with the same Idempotency-Key"),
        retry_after=2,
    ),
}


def family_of(error: Exception) -> Family:
    """Find the family of an exception by its class or the nearest class above it."""
    return next((FAMILIES[kind] for kind in type(error).__mro__ if kind in FAMILIES), INTERNAL)


def problem_of(error: Exception) -> Problem:
    """Tell an exception as a problem, with what this one has to say besides its family's words."""
    family = family_of(error)
    return Problem(
        status=family.status,
        code=family.code,
        title=family.title,
        detail=_detail(error, family),
        misfits=_misfits(error),
        broken=error.broken if isinstance(error, RulesBroken) else (),
        position=error.position if isinstance(error, RefusedOnRecord) else None,
        headers=_headers(error, family),
    )


def _detail(error: Exception, family: Family) -> Said:
    match error:
        case RulesBroken():
            return Said("；".join(rule.zh for rule in error.broken), "; ".join(rule.en for rule in error.broken))
        case StaleVersion():
            return Said(f"现为版本 {error.present}", f"it is at version {error.present} now")
        case MalformedHeader():
            return Said(f"{error.name} 应为{error.accepted.zh}", f"{error.name} takes {error.accepted.en}")
        case _:
            return family.detail


def _misfits(error: Exception) -> tuple[Misfit, ...]:
    match error:
        case Malformed():
            return tuple(error.misfits)
        case Unacceptable():
            return (Misfit(error.pointer, Said(error.zh, error.en)),)
        case _:
            return ()


def _headers(error: Exception, family: Family) -> tuple[tuple[str, str], ...]:
    match error:
        case Unauthenticated():
            return (("WWW-Authenticate", 'Bearer realm="guanjia"'),)
        case BadToken():
            return (("WWW-Authenticate", 'Bearer realm="guanjia", error="invalid_token"'),)
        case WrongMethod():
            return (("Allow", ", ".join(error.allowed)),)
        case _:
            return () if family.retry_after is None else (("Retry-After", str(family.retry_after)),)
