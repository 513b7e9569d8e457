"""Pictures and films of the demonstration: compositions of our own, in the look's chalks, with nobody in them. Drawn
when the demonstration is made, the same each time; the films are kept in the tree (`scripts/make_films.py`)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from marelle.library.actions import pictures as after
from marelle.library.actions import videos
from marelle.library.enums import Showing
from marelle.library.models import Picture, Video

FILMS = Path(__file__).resolve().parents[1] / "library" / "films"
SIZE = (1440, 960)
SMOOTH = 2
"""Drawn twice as large, then reduced: edges without steps."""
CREDIT = "Équipe de démonstration, licence CC BY 4.0"
PAPER, INK, SKY, GRASS, SUN = "#fbf8f1", "#17233b", "#dcedf9", "#d8f0e4", "#f0a31b"
CHALKS = ("#0b6aa8", "#6a3fa0", "#9c5000", "#b92f25", "#176b4a", "#22566b", "#a82a6a")
TINTS = ("#dcedf9", "#ece3f7", "#fdeccf", "#fbe0dc", "#d8f0e4", "#d7eaf0", "#f9deec")


class Pen:
    """Draws in a frame of 0-100 by 0-67, whatever the size of the picture."""

    def __init__(self, ground: str):
        self.image = Image.new("RGB", (SIZE[0] * SMOOTH, SIZE[1] * SMOOTH), ground)
        self.draw = ImageDraw.Draw(self.image)
        self.unit = SIZE[0] * SMOOTH / 100

    def at(self, *numbers: float) -> list[float]:
        return [number * self.unit for number in numbers]

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, *, edge: str = "", round_: float = 0.8
    ) -> None:
        self.draw.rounded_rectangle(
            self.at(x, y, x + width, y + height), round_ * self.unit, fill=fill, outline=edge or None,
            width=int(0.5 * self.unit),
        )  # fmt: skip

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        self.draw.ellipse(self.at(x - radius, y - radius, x + radius, y + radius), fill=fill)

    def line(self, points: list[tuple[float, float]], fill: str, width: float = 0.6) -> None:
        self.draw.line([tuple(self.at(*point)) for point in points], fill=fill, width=int(width * self.unit), joint="curve")  # fmt: skip

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        self.draw.polygon([tuple(self.at(*point)) for point in points], fill=fill)

    def png(self) -> bytes:
        out = io.BytesIO()
        self.image.resize(SIZE, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
        return out.getvalue()


def tree(pen: Pen, x: float, y: float, size: float = 1, chalk: str = CHALKS[4]) -> None:
    pen.box(x - 0.8 * size, y - 9 * size, 1.6 * size, 9 * size, CHALKS[2], round_=0.2)
    for dx, dy, radius in ((0, -13, 5), (-3.5, -10, 3.6), (3.5, -10, 3.6)):
        pen.dot(x + dx * size, y + dy * size, radius * size, chalk)


def house(pen: Pen, x: float, y: float, width: float, height: float, wall: str, roof: str) -> None:
    pen.box(x, y - height, width, height, wall, round_=0.2)
    pen.shape([(x - 1, y - height), (x + width / 2, y - height - width * 0.4), (x + width + 1, y - height)], roof)
    pen.box(x + width * 0.4, y - height * 0.4, width * 0.22, height * 0.4, INK, round_=0.2)
    pen.box(x + width * 0.12, y - height * 0.75, width * 0.2, height * 0.2, PAPER, round_=0.2)


def hopscotch(pen: Pen) -> None:
    for place, (x, y) in enumerate([(45, 54), (45, 44), (45, 34), (40, 24), (50, 24), (45, 14)]):
        pen.box(x, y, 9.4, 9.4, TINTS[place], edge=CHALKS[place])
    pen.dot(49.7, 8, 5, CHALKS[6])
    pen.dot(49.7, 58.6, 2, SUN)


def map_on_the_floor(pen: Pen) -> None:
    pen.box(10, 8, 80, 51, "#ffffff", edge=INK)
    for x in (30, 58):
        pen.line([(x, 8), (x + 6, 59)], TINTS[0], 3)
    pen.line([(10, 30), (90, 38)], TINTS[2], 3)
    for place, (x, y) in enumerate([(20, 18), (47, 20), (75, 20), (22, 48), (50, 50), (78, 48)]):
        pen.dot(x, y, 3, CHALKS[place])
        pen.shape([(x - 2.4, y + 1.6), (x + 2.4, y + 1.6), (x, y + 6)], CHALKS[place])


def ballot_box(pen: Pen) -> None:
    pen.box(30, 28, 40, 30, CHALKS[0])
    pen.box(28, 24, 44, 6, CHALKS[5])
    pen.box(43, 26, 14, 1.6, INK, round_=0.3)
    pen.box(44.5, 8, 11, 17, "#ffffff", edge=INK)
    pen.line([(47, 16), (49.4, 19), (53.4, 12)], CHALKS[4], 1)


def round_table(pen: Pen) -> None:
    for place, (x, y) in enumerate([(50, 10), (72, 18), (80, 36), (70, 54), (50, 60), (30, 54), (20, 36), (28, 18)]):
        pen.dot(x, y, 4.6, CHALKS[place % 7])
    pen.dot(50, 35, 19, CHALKS[2])
    pen.dot(50, 35, 17, TINTS[2])
    for x, y in ((45, 30), (53, 33), (47, 40)):
        pen.box(x, y, 5, 6.4, "#ffffff", edge=INK, round_=0.2)


def park(pen: Pen) -> None:
    pen.box(0, 44, 100, 23, GRASS, round_=0)
    pen.dot(84, 12, 6, SUN)
    for x, size in ((14, 1.3), (34, 0.9), (86, 1.2)):
        tree(pen, x, 50, size)
    pen.box(46, 46, 24, 2, CHALKS[2], round_=0.3)
    for x in (48, 66):
        pen.box(x, 48, 1.6, 6, CHALKS[2], round_=0.2)


def town(pen: Pen) -> None:
    pen.box(0, 52, 100, 15, TINTS[2], round_=0)
    for place, (x, width, height) in enumerate([(4, 16, 20), (24, 14, 26), (42, 20, 18), (66, 14, 28), (83, 14, 20)]):
        house(pen, x, 53, width, height, TINTS[place], CHALKS[place])
    pen.dot(12, 10, 4, SUN)


def books(pen: Pen) -> None:
    pen.box(8, 52, 84, 3, CHALKS[2], round_=0.3)
    x = 12.0
    for place, height in enumerate([26, 32, 22, 30, 34, 24, 28, 31, 25]):
        pen.box(x, 52 - height, 6.6, height, CHALKS[place % 7], round_=0.4)
        pen.box(x + 1.2, 52 - height + 4, 4.2, 1.4, PAPER, round_=0.2)
        x += 8.4


def speech(pen: Pen) -> None:
    for place, (x, y, width) in enumerate([(8, 8, 36), (48, 20, 44), (14, 40, 40)]):
        pen.box(x, y, width, 16, CHALKS[place * 2], round_=3)
        pen.shape([(x + 7, y + 15), (x + 14, y + 15), (x + 6, y + 22)], CHALKS[place * 2])
        for row in range(2):
            pen.box(x + 5, y + 4.4 + row * 4.4, width - 10 - row * 9, 1.8, PAPER, round_=0.6)


def way_to_school(pen: Pen) -> None:
    pen.line([(4, 62), (30, 46), (56, 52), (92, 26)], TINTS[5], 8)
    pen.line([(4, 62), (30, 46), (56, 52), (92, 26)], PAPER, 0.7)
    house(pen, 78, 24, 16, 12, TINTS[3], CHALKS[3])
    for x, y in ((14, 44), (44, 40), (66, 64)):
        tree(pen, x, y, 0.8)


def canteen(pen: Pen) -> None:
    pen.dot(50, 34, 24, "#ffffff")
    pen.dot(50, 34, 16, TINTS[4])
    for place, (x, y, radius) in enumerate([(44, 30, 5), (55, 29, 4), (53, 39, 5.4), (43, 40, 3.4)]):
        pen.dot(x, y, radius, CHALKS[(place * 3 + 3) % 7])
    for x in (18, 80):
        pen.box(x, 14, 2, 40, CHALKS[5], round_=1)


def growing(pen: Pen) -> None:
    pen.line([(12, 58), (12, 10)], INK, 0.6)
    pen.line([(12, 58), (92, 58)], INK, 0.6)
    for place, height in enumerate([10, 16, 15, 24, 31, 40]):
        pen.box(18 + place * 12, 58 - height, 8, height, CHALKS[place])


def stars(pen: Pen) -> None:
    for place, (x, y) in enumerate([(16, 14), (38, 24), (60, 12), (82, 22), (26, 44), (52, 42), (76, 50)]):
        radius = 5.0
        arms = [(0, -1), (0.24, -0.32), (0.95, -0.3), (0.38, 0.12), (0.58, 0.8), (0, 0.4), (-0.58, 0.8), (-0.38, 0.12), (-0.95, -0.3), (-0.24, -0.32)]  # fmt: skip
        pen.shape([(x + dx * radius, y + dy * radius) for dx, dy in arms], TINTS[place])


DRAWN: dict[str, tuple[str, str, str, Callable[[Pen], None]]] = {
    "marelle": ("Une marelle", "Une marelle de six cases à la craie, un palet sur la première", PAPER, hopscotch),
    "plan": ("Le plan du quartier", "Un plan de quartier avec six repères de couleur", TINTS[0], map_on_the_floor),
    "urne": ("L’urne", "Un bulletin coché glisse dans une urne", TINTS[1], ballot_box),
    "table": ("Autour de la table", "Huit places de couleur autour d’une table ronde, des feuilles au milieu", PAPER, round_table),
    "parc": ("Le banc du parc", "Un banc entre des arbres, sous le soleil", SKY, park),
    "ville": ("La ville", "Cinq maisons de couleur côte à côte", SKY, town),
    "livres": ("Les livres", "Des livres de couleur rangés sur une étagère", TINTS[6], books),
    "paroles": ("Les paroles", "Trois bulles de parole de couleurs différentes", PAPER, speech),
    "chemin": ("Le chemin de l’école", "Un chemin bordé d’arbres mène à une maison", GRASS, way_to_school),
    "cantine": ("La cantine", "Une assiette ronde garnie, entre un couteau et une fourchette", TINTS[2], canteen),
    "mesure": ("Ce qui a changé", "Six barres de couleur, de plus en plus hautes", PAPER, growing),
    "etoiles": ("Les étoiles", "Sept étoiles de couleur dans un ciel de nuit", INK, stars),
}  # fmt: skip


def pictures(*, at: datetime, sizes: bool = False) -> dict[str, Picture]:
    """The twelve pictures by key, made once. `sizes`: with all that pages ask for, made now (some seconds each)."""
    found = {}
    for key, (title, description, ground, drawing) in DRAWN.items():
        picture = Picture.objects.filter(title=title, is_demonstration=True).first()
        found[key] = picture or _made(title, description, ground, drawing)
        if sizes:
            after.make_renditions(picture=found[key])
    return found


def _made(title: str, description: str, ground: str, drawing: Callable[[Pen], None]) -> Picture:
    pen = Pen(ground)
    drawing(pen)
    return Picture.objects.create(
        title=title, description=description, credit=CREDIT, showing=Showing.NOBODY, is_demonstration=True,
        file=ContentFile(pen.png(), name="dessin.png"),
    )  # fmt: skip


@transaction.atomic
def films(*, by: Any, at: datetime, posters: dict[str, Picture]) -> dict[str, Video]:
    """The three films by key, captioned and transcribed, added by an editor of the demonstration."""
    found = {}
    for key, about in yaml.safe_load((FILMS / "films.yaml").read_text(encoding="utf-8")).items():
        known = Video.objects.filter(title=about["title"], is_demonstration=True).first()
        found[key] = known or videos.add(
            title=about["title"], credit=about["credit"], showing=Showing.NOBODY, transcript=about["transcript"],
            film=_file(f"{key}.webm", "video/webm"), captions=_file(f"{key}.vtt", "text/vtt"),
            poster=posters.get(POSTERS[key]), is_demonstration=True, by=by, at=at,
        )  # fmt: skip
    return found


POSTERS = {"marelle": "marelle", "voter": "urne", "proposition": "parc"}


def _file(name: str, mime: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (FILMS / name).read_bytes(), mime)
