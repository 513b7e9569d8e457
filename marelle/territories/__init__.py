"""The official list of communes, EPCI, EPT, départements and régions. Read-only reference.

Owns the words: territory, INSEE code, SIREN, postcode, retired code.
"""
