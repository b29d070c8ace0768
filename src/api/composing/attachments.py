"""Attachments of a city: the register in its database, the contents where the settings say."""

from collections.abc import Mapping
from datetime import timedelta

from pydantic import SecretStr

from adapters.blobs.places import BlobPlace, blobs_at
from adapters.postgres.attachments import PostgresAttachments
from api.settings import Settings
from application.attachments.attachments import Attachments
from application.attachments.expiring import expire_unnamed
from application.attachments.naming import NamingAttachments
from application.attachments.readers import Readable, Readers
from application.attachments.reading import ReadingAttachment
from application.attachments.uploading import UploadingAttachment
from application.kernel.permissions import Operation
from application.use_cases import Queries
from domain.licensing.folding import LICENCE
from domain.service_requests.folding import SERVICE_REQUEST


def attachments_over(settings: Settings, register: PostgresAttachments, queries: Queries) -> Attachments:
    """Answer everything that can be done with attachments."""
    blobs = blobs_at(place_of(settings))
    readers = Readers(register=register, readable=readable_in(queries))
    after = timedelta(hours=settings.attachment_hours)
    return Attachments(
        upload=UploadingAttachment(register, blobs),
        read=ReadingAttachment(register=register, readers=readers, blobs=blobs),
        known=NamingAttachments(register=register, readers=readers),
        expire=lambda: expire_unnamed(register, blobs, after),
    )


def readable_in(queries: Queries) -> Mapping[str, Readable]:
    """Answer, for each kind of thing that names attachments, who may read them."""
    return {
        LICENCE.name: Readable(operation=Operation.SEE_LICENCE_DETAIL, scope=queries.licences.scope),
        SERVICE_REQUEST.name: Readable(operation=Operation.READ_SERVICE_REQUESTS, scope=queries.service_requests.scope),
    }


def place_of(settings: Settings) -> BlobPlace:
    """Answer where the contents are kept."""
    return BlobPlace(
        folder=settings.blobs_dir or settings.data_dir / "blobs",
        url=settings.blobs_url,
        endpoint=settings.blobs_endpoint,
        region=settings.blobs_region,
        access_key=_opened(settings.blobs_access_key),
        secret_key=_opened(settings.blobs_secret_key),
    )


def _opened(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
