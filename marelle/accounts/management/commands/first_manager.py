"""`marelle first-manager you@example.org "Your Name"`: opens the national team of a new installation."""

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from marelle.accounts.actions.founding import found_national_team
from marelle.core.rules import Refused


class Command(BaseCommand):
    help = "Ouvre l’équipe nationale avec sa première personne responsable, qui se connecte ensuite par courriel."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args, email, name, **options):
        try:
            validate_email(email)
            membership = found_national_team(email=email, name=name, at=timezone.now())
        except (ValidationError, Refused) as refusal:
            raise CommandError(" ".join(getattr(refusal, "messages", [str(refusal)]))) from None
        self.stdout.write(
            f"{membership.user} est responsable du programme et peut se connecter avec {membership.user.email}."
        )
