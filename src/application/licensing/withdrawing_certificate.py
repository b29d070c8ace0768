"""Withdrawing a certificate from account."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.licensing.scope import licence_thing
from domain.licensing.certificates import WithdrawCertificate, withdraw_certificate
from domain.licensing.folding import LICENCE


@dataclass(frozen=True, slots=True)
class WithdrawingCertificate:
    """Take a certificate out of account from today on."""

    command: ClassVar[str] = "withdraw-certificate"

    async def __call__(self, dossier: Dossier, asked: WithdrawCertificate) -> None:
        """Decide on the dossier."""
        licence = await dossier.open(LICENCE, asked.licence_id)
        await dossier.admit(
            Operation.WITHDRAW_CERTIFICATE, licence_thing(asked.licence_id, licence), reading=Operation.READ_LICENCES
        )
        today = await dossier.today()
        dossier.add(LICENCE, asked.licence_id, withdraw_certificate(licence, asked, today=today))
