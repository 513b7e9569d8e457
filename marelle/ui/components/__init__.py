"""The components of the design system, by what they are for. Each is shown in the gallery (`/ui/`).

Small ones are written with `format_html`, because a page holds dozens of them; those with a structure worth
reading are templates under `ui/parts/`. Whatever a person typed is escaped by both.
"""
