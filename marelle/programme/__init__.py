"""Mandates and how a territory joins: candidacies, their instruction, decision, agreement, title; the network.

Owns the words: mandate, route, candidacy, answer, submission, correction, opinion, decision, deliberation, agreement, title, network membership.
"""
