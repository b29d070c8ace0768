"""Projects in sections: the sections fit, and parent and section say the same of each other (Text 3 §2(1))."""

from collections.abc import Iterator

from application.processes.verifying.register import Step
from application.processes.verifying.report import Finding
from domain.kernel.area import Area
from domain.kernel.identifiers import ProjectId
from domain.projects.project import PROJECT


def sections_fit(step: Step) -> Iterator[Finding]:
    """The active sections together are no larger than the whole."""
    for key, project in step.touched(PROJECT):
        together = Area.total(project.sections.values())
        if together > project.building_area_m2:
            what = f"{together.square_metres} m² of sections in {project.building_area_m2.square_metres} m²"
            yield Finding(step.position, PROJECT.stream(key), what)


def parents_know_their_sections(step: Step) -> Iterator[Finding]:
    """An active section stands in its parent with its area, district and company."""
    for key, section in step.touched(PROJECT):
        if section.section_of is None or not section.is_active:
            continue
        parent = step.now(PROJECT, section.section_of)
        if parent is None or parent.sections.get(ProjectId(key)) != section.building_area_m2:
            yield Finding(step.position, PROJECT.stream(key), "the parent does not have this section with this area")
        elif (parent.district, parent.company_id) != (section.district, section.company_id):
            yield Finding(step.position, PROJECT.stream(key), "the section's district or company is not its parent's")
