"""The services that can be asked for: the categories of requests, each with its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.http.language import Language, Said
from api.http.open311.documents import Document, Entry, Many
from domain.service_requests.words import REPAIRS, Category, Kind, Priority

UNIT: Final = "unit"
"""The code of the one attribute that every service takes: the household (户室)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One category as clients offer it; `notice` is what is going to happen with a request."""

    category: Category
    name: Said
    description: Said
    keywords: Said
    notice: Said

    @property
    def kind(self) -> Kind:
        """The kind of request that it files."""
        return Kind.REPAIR if self.category in REPAIRS else Kind(self.category)

    @property
    def priority(self) -> Priority:
        """The priority of a request: whoever asks for the emergency service takes it to be urgent."""
        return Priority.EMERGENCY if self.category is Category.EMERGENCY else Priority.NORMAL


_GROUPS: Final[Mapping[Kind, Said]] = {
    Kind.REPAIR: Said("报修", "Repairs"),
    Kind.COMPLAINT: Said("投诉", "Complaints"),
    Kind.CONSULTATION: Said("咨询", "Consultation"),
    Kind.SUGGESTION: Said("建议", "Suggestions"),
}
_VISITED: Final = Said(
    "完工后将回访，回访满意方可办结",
    "After the work you will be asked whether it is well done; it is closed only when it is",
)
_ANSWERED: Final = Said("将予以答复", "You will be answered")

_SERVICES: Final = (
    Service(
        category=Category.EMERGENCY,
        name=Said("急修", "Emergency repair"),
        description=Said("危及安全或影响基本生活的故障", "What endangers people or cuts off what they live by"),
        keywords=Said("报修,急修,漏水,停电,电梯困人", "repair,emergency,leak,power,lift"),
        notice=_VISITED,
    ),
    Service(
        category=Category.MINOR,
        name=Said("小修", "Minor repair"),
        description=Said("可当日修复的一般故障", "An ordinary defect that is mended within a day"),
        keywords=Said("报修,小修,水管,门窗,照明", "repair,minor,plumbing,door,light"),
        notice=_VISITED,
    ),
    Service(
        category=Category.COMPLEX,
        name=Said("复杂维修", "Complex repair"),
        description=Said("需制定方案、备料或多工种配合的维修", "Work that takes a plan, parts or several trades"),
        keywords=Said("报修,维修,渗漏,外墙,设备", "repair,complex,seepage,facade,equipment"),
        notice=_VISITED,
    ),
    Service(
        category=Category.COMPLAINT,
        name=Said("投诉", "Complaint"),
        description=Said("对物业服务或工作人员的意见", "What is wrong with the service or with those who give it"),
        keywords=Said("投诉,保洁,保安,噪声,收费", "complaint,cleaning,security,noise,fees"),
        notice=Said("将以书面答复，答复后方可办结", "You will be answered in writing; it is not closed before"),
    ),
    Service(
        category=Category.CONSULTATION,
        name=Said("咨询", "Consultation"),
        description=Said("有关物业服务的询问", "A question about the service"),
        keywords=Said("咨询,收费,装修,入住", "question,fees,renovation,moving in"),
        notice=_ANSWERED,
    ),
    Service(
        category=Category.SUGGESTION,
        name=Said("建议", "Suggestion"),
        description=Said("改进物业服务的建议", "How the service could be better"),
        keywords=Said("建议,改进", "suggestion,improvement"),
        notice=_ANSWERED,
    ),
)
SERVICES: Final[Mapping[str, Service]] = {service.category.value: service for service in _SERVICES}
"""By service code, which is the category."""

_UNIT_ASKED: Final = Said("户室，如 3-2-501，或公共部位", "The household, as 3-2-501, or the place in the shared parts")


def service_list(language: Language) -> Document:
    """Answer the services; each has a definition (`metadata`), because each takes the household."""
    return Document("services", Many("service", [_listed(service, language) for service in _SERVICES]))


def service_definition(service: Service, language: Language) -> Document:
    """Answer the attributes that a service takes."""
    unit: Entry = {
        "variable": True,
        "code": UNIT,
        "datatype": "string",
        "required": True,
        "datatype_description": None,
        "order": 1,
        "description": _UNIT_ASKED.to(language),
        "values": Many("value", []),
    }
    return Document(
        "service_definition", {"service_code": service.category.value, "attributes": Many("attribute", [unit])}
    )


def _listed(service: Service, language: Language) -> Entry:
    return {
        "service_code": service.category.value,
        "service_name": service.name.to(language),
        "description": service.description.to(language),
        "metadata": True,
        "type": "realtime",
        "keywords": service.keywords.to(language),
        "group": _GROUPS[service.kind].to(language),
    }
