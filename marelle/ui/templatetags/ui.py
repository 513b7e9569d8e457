"""The components of the design system, as template tags. Each is shown in the gallery (`/ui/`)."""

from django import template

register = template.Library()
