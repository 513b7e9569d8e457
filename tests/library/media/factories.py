"""Pictures, films and consents, minimal by default."""

import io
from datetime import UTC, date, datetime

import factory
from django.core.files.base import ContentFile
from PIL import Image

from marelle.library.actions.media import reckon
from marelle.library.enums import Showing
from marelle.library.models import ImageConsent, Picture


def points(kind="PNG", size=(900, 600), **options):
    """A picture of one colour, in bytes."""
    out = io.BytesIO()
    Image.new("RGB", size, (11, 106, 168)).save(out, kind, **options)
    return out.getvalue()


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"La cour {n}")
    description = "Une marelle tracée à la craie dans une cour d’école"
    credit = "Atelier des craies"
    showing = Showing.NOBODY
    file = factory.LazyFunction(lambda: ContentFile(points(), name="cour.png"))


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImageConsent

    picture = factory.SubFactory(PictureFactory, showing=Showing.CHILDREN, children=1)
    of_file = factory.LazyAttribute(lambda o: (o.picture or o.video).shown_file)
    reference = "enfant au pull rouge, à gauche"
    given_on = date(2026, 9, 1)
    valid_until = date(2027, 8, 31)
    recorded_at = datetime(2026, 9, 2, 10, tzinfo=UTC)


def picture_of_children(count=1, *, agreed=None, **fields):
    """A picture that shows children, of whom `agreed` have a consent that holds (all of them unless told)."""
    found = PictureFactory(showing=Showing.CHILDREN, children=count, **fields)
    for number in range(count if agreed is None else agreed):
        ConsentFactory(picture=found, reference=f"enfant {number}")
    reckon(about=found, at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    return found
