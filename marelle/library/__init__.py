"""The library: what all others may cite.

In the real world: activity sheets, kits, booklets, films and posters that a teacher or a leisure centre uses with
children; what a collectivité did, written so that another can do it; guides; and the articles of the Convention on the
Rights of the Child that all of it serves. Staff write and publish in the back office (Wagtail, `/edition/`).
Owns the words: resource, kit, file and version, practice, taking up (reprise), guide, article, theme, picture, image
consent, list, search.
"""
