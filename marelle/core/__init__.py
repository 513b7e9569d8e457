"""What every app stands on, and what knows no app.

Owns: a rule's answers (`No`, `NotNow`), `require`, database helpers (`together`), opaque ids,
the declaration of personal fields, and the guard that keeps a GET from writing.
"""
