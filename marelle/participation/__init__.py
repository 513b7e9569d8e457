"""Children are heard: consultations, sessions, their words, their proposals, their councils.

In the real world: a town or the nation asks children something; adults open sessions for their groups; children answer
in secret (`marelle.ballots`); what they wrote is read by a moderator before anyone; results are published without
giving anybody away; a proposal is answered, and the answer comes back to those who made it.
Owns the words: consultation, questionnaire, session, verbatim, alert, proposal, council, term, member, consent.
"""
