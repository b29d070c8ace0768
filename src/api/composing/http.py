"""The HTTP application of a city: every resource, over what the city is put together of."""

from typing import Final

from adapters.postgres.read_models.open311_queries import PostgresPublicRequests
from api.compose import city_of
from api.http.analysis import analysis
from api.http.app import HttpApplication, create_app
from api.http.attachments import attachments
from api.http.companies import companies
from api.http.company_commands import company_commands
from api.http.licence_commands import licence_commands
from api.http.licences import licences
from api.http.log import log
from api.http.open311.call import Open311
from api.http.open311.routes import open311_routes
from api.http.project_commands import project_commands
from api.http.projects import projects
from api.http.request_commands import request_commands
from api.http.requests import requests
from api.http.rule_sets import rule_sets
from api.http.supervision import supervision
from api.http.wiring import Wiring
from api.settings import Settings

RESOURCES: Final = (
    rule_sets,
    company_commands,
    companies,
    licence_commands,
    licences,
    project_commands,
    projects,
    request_commands,
    requests,
    analysis,
    supervision,
    attachments,
    log,
)


def http_app(settings: Settings, url: str) -> HttpApplication:
    """Answer the HTTP application of a city; it connects when it is started."""
    city = city_of(settings, url)
    wiring = Wiring(
        parts=(city.commands, city.queries, city.attachments),
        tokens=city.tokens,
        fingerprint_key=city.fingerprint_key,
        ready=city.is_ready,
        lifespan=city.open,
        registry=city.registry,
    )
    open311 = Open311(city=settings.city, requests=PostgresPublicRequests(city.database), clock=city.clock)
    return create_app(wiring, RESOURCES, open311_routes(wiring, open311))
