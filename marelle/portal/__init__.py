"""The human face that crosses subjects: public home, territory page, dashboards, portfolio, funnel.

Owns the words: page, dashboard, portfolio, funnel.
"""
