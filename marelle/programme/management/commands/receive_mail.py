"""`marelle receive-mail`: the pipe by which a mail server hands over an answer, one mail on standard input.

Exit codes are those mail servers know (sysexits): 0 taken, already known, or answered by a mail that says why not;
65 not a mail; 67 no such address (the server bounces); 75 something failed here (the server tries again later).
"""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from marelle.programme.actions.incoming import Fate, receive
from marelle.programme.queries.incoming import read

NOT_A_MAIL, NO_SUCH_ADDRESS, TRY_LATER = 65, 67, 75
ENVELOPE = 2 * 1024 * 1024


class Command(BaseCommand):
    stealth_options = ("stdin",)  # a test hands over its own
    help = "Takes in one mail (RFC 822) from standard input: an answer to a message on a file."

    def add_arguments(self, parser):
        parser.add_argument("--recipient", default="", help="the address it was delivered to (Postfix: ${recipient})")

    def handle(self, *args, recipient="", stdin=None, **options):
        # Base64 makes a file a third bigger than it is.
        limit = settings.UPLOAD_MAX_BYTES * 2 + ENVELOPE
        raw = (stdin or sys.stdin.buffer).read(limit + 1)
        if not raw.strip() or len(raw) > limit:
            self.stderr.write("not a mail, or too big")
            sys.exit(NOT_A_MAIL)
        try:
            fate = receive(mail=read(raw, recipient=recipient), at=timezone.now())
        except Exception as error:
            # Nothing was kept: the mail server keeps the mail and comes again.
            self.stderr.write(f"{type(error).__name__}: {error}")
            sys.exit(TRY_LATER)
        self.stdout.write(fate)
        if fate == Fate.UNKNOWN:
            sys.exit(NO_SUCH_ADDRESS)
