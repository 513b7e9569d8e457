"""How the pieces are put together: settings, URLs, the WSGI door and the `marelle` command.

Owns no words of the domain. What may change here: which apps stand, which environment variables exist.
"""
