"""Rule sets: policy as dated data, readable by everyone with a token."""

from typing import Final

from starlette.responses import Response

from api.http.answers import created, ready
from api.http.asking import Asking
from api.http.encoding import encode
from api.http.fields import Day, Name
from api.http.lists import listed, resumed
from api.http.query_fields import Cursor, Limit
from api.http.resources import Resource
from api.http.rule_set_bodies import IN_FORCE, RuleSetBody
from application.kernel.permissions import Operation
from application.rulebook.queries import RuleSetPage
from application.use_cases import Commands, Queries
from domain.kernel.errors import existing

rule_sets: Final = Resource("/rule-sets", tag="rule sets")


@rule_sets.creation("", Operation.ADOPT_RULE_SET)
async def adopt_rule_set(request: Asking, body: RuleSetBody) -> Response:
    """Adopt a rule set; omitted keys are those of the set in force today."""
    answer = await request.part(Commands).adopt_rule_set(request.submission, body.asked)
    return created(request, answer, called=body.version)


@rule_sets.page("", Operation.READ_RULE_SETS, view=RuleSetPage)
async def list_rule_sets(request: Asking, limit: Limit = 50, cursor: Cursor | None = None) -> Response:
    """List the rule sets adopted, the first one first."""
    adopted = await request.part(Queries).rule_sets.list(after=resumed(cursor), limit=limit)
    return listed(request, adopted)


@rule_sets.thing(f"/{IN_FORCE}", Operation.READ_RULE_SETS, view=RuleSetPage)
async def read_rule_set_in_force(request: Asking, on: Day | None = None) -> Response:
    """Read the rule set in force on a day, today when none is named."""
    rules, number = await request.part(Queries).rule_sets.current(on)
    return ready(encode(rules), number)


@rule_sets.thing("/{version:path}", Operation.READ_RULE_SETS, view=RuleSetPage)
async def read_rule_set(request: Asking, version: Name) -> Response:
    """Read one rule set by its version."""
    rules, number = existing(await request.part(Queries).rule_sets.find(version))
    return ready(encode(rules), number)
