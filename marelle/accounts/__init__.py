"""People, organisations, and what a person may do in one: memberships, roles, invitations, claims.

Owns the words: user, organisation, membership, role, delegation, coverage, claim, invitation.
"""
