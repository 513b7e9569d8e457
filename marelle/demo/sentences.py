"""What the audit entries of this app say, in French."""

SENTENCES: dict[str, str] = {"demo.year.made": "a fabriqué l’année de démonstration"}
