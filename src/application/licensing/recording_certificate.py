"""Recording a certificate in a licence file."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from domain.kernel.claims import CLAIM, ClaimMade
from domain.licensing.certificates import RecordCertificate, record_certificate
from domain.licensing.folding import LICENCE


@dataclass(frozen=True, slots=True)
class RecordingCertificate:
    """Put a certificate on file; the claim on its kind, issuer and number keeps it out of every other file."""

    command: ClassVar[str] = "record-certificate"

    async def __call__(self, dossier: Dossier, asked: RecordCertificate) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        await dossier.admit(
            Operation.KEEP_LICENCE_FILES, licence_thing(asked.licence_id, licence), reading=Operation.READ_LICENCES
        )
        claim = await dossier.read(CLAIM, asked.claim)
        holder = claim.holder if claim is not None else None
        is_elsewhere = holder is not None and holder != asked.licence_id
        dossier.add(LICENCE, asked.licence_id, record_certificate(licence, asked, is_in_another_file=is_elsewhere))
        dossier.add(CLAIM, asked.claim, [ClaimMade(of="certificate", holder=asked.licence_id)])
