"""Finding the service zone of a household, and with it the zone manager (Text 4 客服 三(3))."""

from typing import Final

from domain.projects.project import Project
from domain.projects.zone import Zone

DASH: Final = "-"
"""Parts building, staircase and household: 3-2-501."""


def zone_of(project: Project, unit: str) -> Zone | None:
    """Answer the zone that a unit belongs to, None when that cannot be told.

    A zone's units name households (`3-2-501`) or whole staircases and buildings (`3-2`, `3`), at dashes only: `3` does
    not hold for `31-1-101`. Where several hold, the longest does. What no zone names belongs to the zone that names no
    units, when there is exactly one such: alone it holds for the whole project, beside others for the rest.
    """
    zones = project.zones.values()
    steps = unit.split(DASH)
    for length in range(len(steps), 0, -1):
        part = DASH.join(steps[:length])
        for zone in zones:
            if part in zone.units:
                return zone
    unnamed = [zone for zone in zones if not zone.units]
    return unnamed[0] if len(unnamed) == 1 else None
