"""One file per noun: people; organisations with who belongs to them; how one comes to belong."""

from .joining import Claim, Invitation
from .organisations import Coverage, Membership, Organisation
from .people import Seat, User

__all__ = ["Claim", "Coverage", "Invitation", "Membership", "Organisation", "Seat", "User"]
