"""A mapping that grows: whatever becomes of what it shares, it is what it was."""

from collections.abc import Mapping
from time import perf_counter

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, rule

from domain.kernel.growing import grown

Pair = tuple[Mapping[int, int], dict[int, int]]


class Family(RuleBasedStateMachine):
    """Mappings that grow from one another, the newest or not, each beside the plain dict that it must equal."""

    members = Bundle("members")

    @rule(target=members, given=st.dictionaries(st.integers(0, 9), st.integers()))
    def begin(self, given: dict[int, int]) -> Pair:
        return given, dict(given)

    @rule(target=members, parent=members, key=st.integers(0, 30), value=st.integers())
    def grow(self, parent: Pair, key: int, value: int) -> Pair:
        mapping, plain = parent
        return grown(mapping, key, value), {**plain, key: value}

    @rule(member=members)
    def is_what_it_was(self, member: Pair) -> None:
        mapping, plain = member
        assert mapping == plain
        assert list(mapping.items()) == list(plain.items())
        assert len(mapping) == len(plain)
        assert [mapping.get(key) for key in range(31)] == [plain.get(key) for key in range(31)]
        assert repr(mapping) == repr(plain)


TestFamily = Family.TestCase


def test_a_long_one_grows_like_a_short_one() -> None:
    def seconds(mapping: Mapping[int, int]) -> float:
        began = perf_counter()
        for key in range(-1, -1_001, -1):
            mapping = grown(mapping, key, 0)
        return perf_counter() - began

    short, long = grown({}, 0, 0), grown(dict.fromkeys(range(100_000), 0), 0, 0)
    assert seconds(long) < 50 * seconds(short)
