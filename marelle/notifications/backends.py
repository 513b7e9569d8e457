"""Where mails go when they do not leave: the mailbox page of the demonstration."""

from django.core.mail.backends.base import BaseEmailBackend

from .models import MailboxCopy


class Mailbox(BaseEmailBackend):
    """Keeps each mail in the database, so that `/courriels/` can show it."""

    def send_messages(self, messages):
        for message in messages:
            html = next((str(a[0]) for a in getattr(message, "alternatives", []) if a[1] == "text/html"), "")
            MailboxCopy.objects.create(
                to=", ".join(message.recipients())[:300], subject=message.subject[:300], text=message.body, html=html
            )
        return len(messages)
