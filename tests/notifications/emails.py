"""Builders that tests send: they stand where an app's `emails.py` would."""

from marelle.notifications.messages import Email


def hello(*, to, **facts):
    said = ", ".join(f"{name}={value}" for name, value in sorted(facts.items()))
    return Email(
        "Bonjour", f"Texte : {said}\n", f"<html><body><!--content--><p>Texte : {said}</p><!--/content--></body></html>"
    )


def nothing_left(*, to):
    return None


def broken(*, to):
    raise ValueError(f"pas pour {to}")
