"""A licence's life told plainly, apart from the domain's own words: dicts, lists, ints and days.

Nothing that follows is ever written down: registration, status and totals are told anew from the facts that stand, so
that annulling a revocation is to strike it from the list. Where a registration has followed it already, the end of the
one before stays.
"""

from datetime import date, timedelta
from typing import Any

SPRING_FESTIVALS = [date(year, 2, number) for year in range(2018, 2080) for number in range(10, 18)]

# code: reference points, lowest, highest, needs, years of limitation, per case
CATALOGUE = {
    "V02": (25, 25, 25, "registration", 2, False),
    "V07": (15, 10, 20, "tenure", 5, False),
    "V08": (12, 8, 15, "tenure", 2, False),
    "V14": (15, 10, 20, "nothing", 2, False),
    "V21": (3, 1, 5, "tenure", 2, True),
    "V29": (1, 1, 3, "tenure", 2, False),
}
STEPS = {"written": 13, "interview": 19}


def same_day(day: date, year: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(year, day.month, 28 if is_leap_day and year % 4 else day.day)


def is_worked(day: date) -> bool:
    return day.isoweekday() <= 5 and day not in SPRING_FESTIVALS


def fifteen_days_after(day: date) -> date:
    last = day + timedelta(days=15)
    while not is_worked(last):
        last += timedelta(days=1)
    return last


def five_working_days_after(day: date) -> date:
    worked = 0
    while worked < 5:
        day += timedelta(days=1)
        worked += is_worked(day)
    return day


def broken(**rules: bool) -> set[str]:
    return {rule.replace("__", ".").replace("_", "-") for rule, is_broken in rules.items() if is_broken}


class PlainLicence:
    """Every command answers the codes of the rules that it breaks, and changes something only when there are none."""

    def __init__(self, opened: date, *, by_registration: bool, after_hearing: bool) -> None:
        self.opened = opened
        self.by_registration = by_registration
        self.after_hearing = after_hearing
        self.certificates: dict[str, dict[str, Any]] = {}
        self.facts: list[dict[str, Any]] = []
        self.tenures: list[dict[str, Any]] = []
        self.charges: dict[int, dict[str, Any]] = {}
        self.warnings: set[tuple[str, str]] = set()
        self.proposals: dict[str, date | None] = {}
        self.failed: set[int] = set()
        self.passed: set[int] = set()

    # What follows from the facts

    def spans(self) -> list[dict[str, Any]]:
        """Registrations in their order; `until` is None while one is held."""
        told: list[dict[str, Any]] = []
        for fact in self.facts:
            if fact["is"] == "registered":
                told.append({**fact, "since": fact["day"], "until": None})
            elif told and told[-1]["until"] is None:
                told[-1]["until"] = fact["day"]
        return told

    def held(self) -> dict[str, Any] | None:
        return next((span for span in self.spans() if span["until"] is None), None)

    def registered_on(self, day: date) -> bool:
        return any(span["since"] <= day <= (span["until"] or date.max) for span in self.spans())

    def standing(self) -> list[dict[str, Any]]:
        """The revocations that no registration has followed."""
        tail: list[dict[str, Any]] = []
        for fact in self.facts:
            tail = [] if fact["is"] == "registered" else [*tail, fact]
        return [fact for fact in tail if fact["is"] == "revoked"]

    def status(self) -> str:
        if self.standing():
            return "revoked"
        if self.spans() and not self.held():
            return "deregistered"
        if self.failed or self.proposals:
            return "suspended"
        return "registered" if self.held() else "applicant"

    def banned_on(self, day: date) -> bool:
        return any(fact["day"] <= day <= fact["until"] for fact in self.facts if fact["is"] == "revoked")

    def in_office(self) -> dict[int, int]:
        """The projects held now, with their square centimetres."""
        return {tenure["project"]: tenure["area"] for tenure in self.tenures if tenure["until"] is None}

    def cycle(self, day: date) -> str:
        if not self.by_registration or not self.spans():
            return str(day.year)
        first = min(span["since"] for span in self.spans())
        anniversaries = [same_day(first, year) for year in (day.year - 1, day.year)]
        return max(start for start in anniversaries if start <= day).isoformat()

    def total(self, cycle: str) -> int:
        return sum(one["points"] for one in self.charges.values() if one["cycle"] == cycle and one["counts"])

    def has(self, *kinds: str, today: date, since: date = date.min) -> bool:
        return any(
            one["kind"] in kinds
            and not one["withdrawn"]
            and since <= one["issued"] <= today
            and today <= (one["expires"] or date.max)
            for one in self.certificates.values()
        )

    def has_post(self, today: date) -> bool:
        return self.has("post_national", "post_municipal", today=today)

    def has_training(self, today: date, since: date = date.min) -> bool:
        return self.has("training", today=today, since=since)

    # What is asked

    def record(self, number: str, kind: str, issued: date, expires: date | None) -> set[str]:
        refused = broken(certificate__already_recorded=number in self.certificates)
        if not refused:
            self.certificates[number] = {"kind": kind, "issued": issued, "expires": expires, "withdrawn": False}
        return refused

    def withdraw(self, number: str) -> set[str]:
        known = self.certificates.get(number)
        refused = broken(
            certificate__unknown=known is None, certificate__already_withdrawn=bool(known and known["withdrawn"])
        )
        if known and not refused:
            known["withdrawn"] = True
        return refused

    def register(self, company: int, since: date, today: date, fresh: str) -> set[str]:
        standing = self.standing()
        refused = broken(
            registration__post_certificate_missing=not self.has_post(today),
            registration__training_certificate_missing=not self.has_training(today),
            registration__banned=any(since <= fact["until"] for fact in self.facts if fact["is"] == "revoked"),
            registration__already_registered=self.held() is not None,
            registration__retraining_missing=bool(standing) and not self.has_training(today, standing[-1]["day"]),
        )
        if not refused:
            if standing:
                self.failed.clear()
            keeps = self.spans() and not standing
            number = self.spans()[-1]["number"] if keeps else fresh
            self.facts.append({"is": "registered", "day": since, "company": company, "number": number})
        return refused

    def deregister(self, today: date) -> set[str]:
        refused = broken(
            registration__not_registered=self.held() is None, registration__still_appointed=bool(self.in_office())
        )
        if not refused:
            self.facts.append({"is": "deregistered", "day": today})
        return refused

    def appoint(self, project: int, area: int, company: int, today: date) -> set[str]:
        held, offices = self.held(), self.in_office()
        refused = broken(
            appointment__not_registered=held is None,
            appointment__certificate_not_valid=not (self.has_post(today) and self.has_training(today)),
            appointment__suspended=held is not None and bool(self.failed or self.proposals),
            appointment__too_many_projects=len(offices) == 2,
            appointment__area_exceeded=sum(offices.values()) + area > 20_000_000,
            appointment__other_company=held is not None and held["company"] != company,
            appointment__project_already_managed=project in offices,
        )
        if not refused:
            self.tenures.append({"project": project, "area": area, "since": today, "until": None})
        return refused

    def relieve(self, project: int, today: date) -> set[str]:
        refused = broken(appointment__not_appointed=project not in self.in_office())
        for tenure in self.tenures:
            if not refused and tenure["project"] == project and tenure["until"] is None:
                tenure["until"] = today
        return refused

    def amend(self, project: int, area: int) -> bool:
        """Give a project another area, unless the limit would be passed; answer whether it would."""
        passes = sum((self.in_office() | {project: area}).values()) > 20_000_000
        for tenure in self.tenures:
            if not passes and tenure["project"] == project and tenure["until"] is None:
                tenure["area"] = area
        return passes

    def deduct(self, code: str, points: int, day: date, project: int | None, today: date, officer: str) -> set[str]:
        _, lowest, highest, needs, years, _ = CATALOGUE[code]
        was_theirs = any(
            tenure["project"] == project and tenure["since"] <= day <= (tenure["until"] or date.max)
            for tenure in self.tenures
        )
        refused = broken(
            deduction__points_out_of_range=not lowest <= points <= highest,
            deduction__in_the_future=day > today,
            deduction__too_old=same_day(day, day.year + years) < today,
            deduction__before_registration=needs != "nothing" and not self.registered_on(day),
            deduction__no_tenure=needs == "tenure" and project is not None and not was_theirs,
        )
        if not refused:
            cycle = self.cycle(day)
            self.charges[len(self.charges)] = {
                "code": code, "points": points, "cycle": cycle, "officer": officer, "decided": today,
                "object_by": fifteen_days_after(today), "objection": None, "counts": True,
            }  # fmt: skip
            self.follow(cycle, today, may_revoke=officer == "city")
        return refused

    def follow(self, cycle: str, today: date, *, may_revoke: bool) -> None:
        total = self.total(cycle)
        self.warnings |= {(cycle, kind) for kind, step in STEPS.items() if total >= step}
        was_revoked = any(fact["is"] == "revoked" and fact["cycle"] == cycle for fact in self.facts)
        if total < 25 or was_revoked:
            return
        if may_revoke and not self.after_hearing:
            self.revoke(cycle, today)
        elif cycle not in self.proposals:
            self.proposals[cycle] = five_working_days_after(today) if self.after_hearing else None

    def revoke(self, cycle: str, today: date) -> None:
        until = same_day(today, today.year + 2)
        self.facts.append({"is": "revoked", "day": today, "cycle": cycle, "until": until})
        self.proposals.pop(cycle, None)
        for project in self.in_office():
            self.relieve(project, today)

    def repeats(self, charge: int) -> bool:
        """Whether a charge is the third of its code that counts in its cycle."""
        same = [self.charges[charge][key] for key in ("code", "cycle")]
        alike = [one for one in self.charges.values() if [one["code"], one["cycle"]] == same and one["counts"]]
        return len(alike) == 3 and not CATALOGUE[same[0]][-1]

    def decide_revocation(self, today: date) -> set[str]:
        cycle = next(iter(self.proposals), None)
        hearing = self.proposals[cycle] if cycle else None
        refused = broken(
            revocation__not_proposed=cycle is None, revocation__hearing_open=bool(hearing and today <= hearing)
        )
        if cycle and not refused:
            self.revoke(cycle, today)
        return refused

    def serve(self, charge: int, day: date) -> set[str]:
        refused = broken(notice__served_before_decision=day < self.charges[charge]["decided"])
        if not refused:
            self.charges[charge]["object_by"] = fifteen_days_after(day)
        return refused

    def object(self, charge: int, today: date) -> set[str]:
        one = self.charges[charge]
        refused = broken(
            objection__too_late=today > one["object_by"],
            objection__already_made=one["objection"] in {"pending", "rejected"},
            objection__already_rescinded=one["objection"] == "upheld",
        )
        if not refused:
            one["objection"] = "pending"
        return refused

    def decide_objection(self, charge: int, officer: str, *, upheld: bool) -> set[str]:
        one = self.charges[charge]
        refused = broken(
            objection__same_officer=one["officer"] == officer, objection__none_pending=one["objection"] != "pending"
        )
        if not refused:
            one["objection"] = "upheld" if upheld else "rejected"
            one["counts"] = not upheld
        if not refused and upheld:
            self.undo(one["cycle"])
        return refused

    def undo(self, cycle: str) -> None:
        total = self.total(cycle)
        self.warnings -= {(cycle, kind) for kind, step in STEPS.items() if total < step}
        if total < 25:
            strikes = [fact["is"] == "revoked" and fact["cycle"] == cycle for fact in self.facts]
            tail = max((nth for nth, fact in enumerate(self.facts) if fact["is"] == "registered"), default=-1)
            self.facts = [
                {"is": "ended", "day": fact["day"]} if struck else fact
                for nth, (fact, struck) in enumerate(zip(self.facts, strikes, strict=True))
                if nth < tail or not struck
            ]
            self.proposals.pop(cycle, None)

    def inspect(self, year: int, today: date) -> tuple[set[str], set[str]]:
        """Answer the broken rules, and the reasons for which the inspection is not passed."""
        first_days = [self.opened, *(span["since"] for span in self.spans())]
        cycle = self.cycle(date(year, 12, 31))
        ended = date(year + 1, 1, 1)
        if self.by_registration and self.spans():
            ended = same_day(min(span["since"] for span in self.spans()), year + 1)
        refused = broken(
            inspection__already_concluded=year in self.passed,
            inspection__year_not_over=today < ended,
            inspection__before_file=year < min(first_days).year,
            inspection__objection_pending=any(
                one["cycle"] == cycle and one["objection"] == "pending" for one in self.charges.values()
            ),
        )
        reasons = broken(
            points=self.total(cycle) >= 25,
            certificate_not_valid=not (self.has_post(today) and self.has_training(today)),
            not_registered=self.held() is None,
        )
        if not refused and reasons:
            self.failed.add(year)
        elif not refused:
            self.passed.add(year)
            self.failed.discard(year)
        return refused, reasons
