"""What somebody who claims a territory brings."""

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfWriter

from marelle.accounts.enums import Proof, Role
from marelle.accounts.models import Claim
from tests.accounts.factories import UserFactory


def minimal_pdf() -> bytes:
    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def claim_of(town, user=None, **fields):
    given = {
        "role": Role.LEAD,
        "job_title": "Adjointe",
        "proof": Proof.EMAIL_DOMAIN,
        "asked_at": datetime(2026, 11, 20, tzinfo=UTC),
    }
    return Claim.objects.create(territory=town, user=user or UserFactory(), **(given | fields))
