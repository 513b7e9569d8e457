"""The machine face: the OpenAPI, and the health endpoints.

Owns the words: endpoint, probe.
"""
