"""News the programme sends upwards, once the change is committed."""

from django.dispatch import Signal

candidacy_submitted = Signal()
"""`submission`: a file was handed over, or sent back corrected."""
title_granted = Signal()
"""`title`: a territory holds a title from now on."""
title_withdrawn = Signal()
"""`title`: a territory lost its title."""
network_joined = Signal()
"""`membership`: a territory belongs to the network from now on."""
