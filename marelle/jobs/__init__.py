"""Long work with an owner, progress, a result and an end: exports, imports, reports.

Owns the words: job, progress, result, expiry.
"""
