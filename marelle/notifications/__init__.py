"""Who is told what, by mail: one row per mail, built when it is sent, retried when it fails.

Owns the words: mail, kind, digest, mailbox.
"""
