"""Secret ballots, one per child, at any scale: what a polling station does, for any question asked to a group.

In the real world: a box (*urne*) with a paper (*bulletin*: what may be answered), stations (*bureaux de vote*: one group,
its roll), tickets, envelopes, ballots, and tallies. Knows nothing of what is asked nor why: consultations, elections
and prizes are above. How secrecy is built is in `docs/adr/0009` and `docs/security.md`.
Owns the words: box, paper, station, ticket, envelope, ballot, tally, bundle (paper sheets counted together).
"""
