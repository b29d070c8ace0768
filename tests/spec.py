"""How a decision is told in a test: `given(events).when(decision, asked).then(events)`.

Each context makes its own `given` from its aggregate: `given = Given(COMPANY)`. What follows `when` must be exactly so:
`.then(…)` names every event, `.breaks(…)` every rule, `.raises(…)` the error with what it says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pytest

from domain.kernel.aggregate import Aggregate
from domain.kernel.rules import Rule, RulesBroken

State = TypeVar("State")
Event = TypeVar("Event")


@dataclass(frozen=True)
class Asked(Generic[State, Event]):
    """A decision on its way; it is made when the test says what must come of it."""

    aggregate: Aggregate[State, Event]
    state: State | None
    decide: Callable[[], Sequence[Event]]

    def then(self, *events: Event) -> None:
        """Exactly these events, in this order; all of them stored ones that fold."""
        decided = list(self.decide())
        assert decided == list(events)
        assert {type(event) for event in decided} <= set(self.aggregate.events.values())
        self.aggregate.fold(decided, self.state)

    def breaks(self, *rules: Rule[Any]) -> None:
        """Exactly these rules, in any order, each as the refusal names it."""
        with pytest.raises(RulesBroken) as refusal:
            self.decide()
        assert {(rule.code, rule.zh, rule.en, rule.cites) for rule in refusal.value.broken} == {
            (rule.code, rule.zh, rule.en, rule.cites) for rule in rules
        }
        assert len(refusal.value.broken) == len(rules)

    def raises(self, error: type[Exception], **said: object) -> None:
        """Exactly this error; what it says stands in its attributes (`pointer="/uscc"`)."""
        with pytest.raises(error) as raised:
            self.decide()
        assert type(raised.value) is error
        assert {name: getattr(raised.value, name) for name in said} == said


@dataclass(frozen=True)
class Standing(Generic[State, Event]):
    """A thing as its events have left it."""

    aggregate: Aggregate[State, Event]
    state: State | None

    def when(self, decision: Callable[..., Sequence[Event]], *asked: object, **given: object) -> Asked[State, Event]:
        """Ask for a decision on the state: `decision(state, *asked, **given)`."""
        return Asked(self.aggregate, self.state, lambda: decision(self.state, *asked, **given))


@dataclass(frozen=True)
class Given(Generic[State, Event]):
    """The things of one kind."""

    aggregate: Aggregate[State, Event]

    def __call__(self, *events: Event) -> Standing[State, Event]:
        """Stand where these events lead; no events: nothing is there yet."""
        return Standing(self.aggregate, self.aggregate.fold(events))
