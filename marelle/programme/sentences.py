"""What each kind of audit entry of this app says, in French."""

SENTENCES: dict[str, str] = {}
