"""The import over a city in memory."""

from prometheus_client import CollectorRegistry

from api.commands import commands_over
from api.importing.projects import ImportingProjects
from api.settings import Settings
from api.watching import Watch
from application.kernel.attachments import NoAttachments
from application.kernel.submission import Submission
from domain.kernel.area import Area
from tests.application.city import SYSTEM, City
from tests.application.counting import NothingCounted


def importing(city: City) -> ImportingProjects:
    """Answer the import of a city."""
    watch = Watch(CollectorRegistry())
    commands = commands_over(
        city.ledger, Settings(), city.identities, city.keys, NoAttachments(), NothingCounted(), watch
    )
    return ImportingProjects(
        commands=commands, store=city.store, sent=Submission(caller=SYSTEM), most_area=Area.of(200_000)
    )
