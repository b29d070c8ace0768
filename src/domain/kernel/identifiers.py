"""The ids of things and people, each a type of its own, so that none stands in for another."""

from typing import Final, NewType
from uuid import UUID

LicenceId = NewType("LicenceId", UUID)
CompanyId = NewType("CompanyId", UUID)
ProjectId = NewType("ProjectId", UUID)
DeductionId = NewType("DeductionId", UUID)
ServiceRequestId = NewType("ServiceRequestId", UUID)

LicenceNumber = NewType("LicenceNumber", str)
"""`PM-<city>-<year>-<6 digits>`; stays through deregistration and a move to another company."""

ServiceRequestNumber = NewType("ServiceRequestNumber", str)
"""`SR-<city>-<day of receipt>-<10 characters>`; unique and readable, without a promise of no gaps."""

AttachmentId = NewType("AttachmentId", str)
"""The SHA-256 of an attachment's bytes, as 64 hexadecimal digits in lower case."""

Subject = NewType("Subject", str)
"""Who acts: the stable `sub` of a token; two tokens with one subject are one person."""

NAMESPACE: Final = UUID("6b1f2c58-7c2f-5d0e-9a41-3f0c9c0b7e21")
"""Ids that follow from a natural key are version-5 UUIDs in this namespace; never changed."""
