"""What children's words may hide: worry, names. The words looked for are data (`fr.yaml`, `masking.yaml`)."""

from .masking import Span, masked, suggestions
from .reading import Sign, worrying
from .wording import keeps_the_words, similar

__all__ = ["Sign", "Span", "keeps_the_words", "masked", "similar", "suggestions", "worrying"]
