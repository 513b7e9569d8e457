"""`marelle draw-states`: the diagrams of `docs/states/`, drawn from the tables that the code obeys."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from marelle.accounts.enums import CLAIM_MOVES, ClaimStatus
from marelle.core.lives import Life, all_lives
from marelle.programme.enums import CLOSED, MOVES, NETWORK_MOVES, Move, NetworkStatus, Status
from marelle.programme.rules.moves import NEEDS_MORE, WHO

DRAWN_BY = "<!-- Drawn by `marelle draw-states` from the code. Change the table there, then draw again. -->"
Arrow = tuple[str, str, str]
"""From which state, to which, by what."""


def drawings() -> dict[str, str]:
    """File name → Markdown with a Mermaid diagram and the same thing as a table."""
    brought = {f"{life.key}.md": drawn(life) for life in all_lives()}
    return {"candidacy.md": candidacy(), "network.md": network(), "claim.md": claim()} | brought


def drawn(life: Life) -> str:
    """A life that an app above brought (`core.lives`)."""
    arrows = [(a.value, b.value, "") for a in life.states for b in life.states if b in life.moves[a]]
    ends = {one for one in life.states if not life.moves[one]}
    rows = life.who or [(life.states(a).label, life.states(b).label) for a, b, _ in arrows]
    head = ("Move", "From", "To", "Who") if life.who else ("From", "To")
    states = [(one.value, one.label) for one in life.states]
    return _page(life.title, life.about, _diagram(states, arrows, start=life.start, ends=ends), _table(head, rows))


def candidacy() -> str:
    arrows = [
        (origin.value, MOVES[move][1].value, move.label)
        for move in Move
        for origin in Status
        if origin in MOVES[move][0] and move != Move.ABANDON
    ]
    states = [(one.value, one.label) for one in Status if one != Status.ABANDONED]
    rows = [
        (
            f"`{move.value}`",
            move.label,
            ", ".join(str(one.label) for one in Status if one in MOVES[move][0]),
            MOVES[move][1].label,
            _who(move),
        )
        for move in Move
    ]
    asked = ", ".join(f"`{move.value}`" for move in Move if move in NEEDS_MORE)
    return _page(
        "The life of a candidacy",
        "From a collectivité's first intention to its published title. Any state before the title may also end in "
        "*candidature retirée* (`abandon`), left out of the drawing to keep it readable.",
        _diagram(states, arrows, start=Status.INTERESTED, ends=CLOSED - {Status.ABANDONED}),
        _table(("Move", "On the page", "From", "To", "Who"), rows),
        f"{asked} ask for more than the right person and state: the file's gate, the papers of the title "
        "(`@condition` in `marelle/programme/rules/`).",
    )


def network() -> str:
    arrows = [(a.value, b.value, "") for a in NetworkStatus for b in NetworkStatus if b in NETWORK_MOVES[a]]
    ends = {one for one in NetworkStatus if not NETWORK_MOVES[one]}
    return _page(
        "The life of a network membership",
        "A territory joins *Territoires d’enfance* in one sitting; the national team confirms.",
        _diagram([(one.value, one.label) for one in NetworkStatus], arrows, start=NetworkStatus.ASKED, ends=ends),
        _table(("From", "To"), [(NetworkStatus(a).label, NetworkStatus(b).label) for a, b, _ in arrows]),
    )


def claim() -> str:
    arrows = [(a.value, b.value, "") for a in ClaimStatus for b in ClaimStatus if b in CLAIM_MOVES[a]]
    ends = {one for one in ClaimStatus if not CLAIM_MOVES[one]}
    return _page(
        "The life of a claim",
        "The first person of a collectivité says that they work for it; the national team or the delegation checks.",
        _diagram([(one.value, one.label) for one in ClaimStatus], arrows, start=ClaimStatus.ASKED, ends=ends),
        _table(("From", "To"), [(ClaimStatus(a).label, ClaimStatus(b).label) for a, b, _ in arrows]),
    )


def _who(move: Move) -> str:
    """The first sentence of the rule that says who, without its full stop."""
    return (WHO[move].__doc__ or "").partition("\n")[0].rstrip(".")


def _diagram(states: Iterable[tuple[str, str]], arrows: Iterable[Arrow], *, start: str, ends: Iterable[str]) -> str:
    lines = ["stateDiagram-v2", *(f'    state "{label}" as {key}' for key, label in states)]
    lines.append(f"    [*] --> {start!s}")
    lines += [f"    {a} --> {b}" + (f" : {words}" if words else "") for a, b, words in arrows]
    lines += [f"    {one} --> [*]" for one in sorted(str(end) for end in ends)]
    return "\n".join(["```mermaid", *lines, "```"])


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", DRAWN_BY, *parts]) + "\n"


class Command(BaseCommand):
    help = "Draws the life cycles of docs/states/ from the code."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/states"))
        parser.add_argument("--check", action="store_true", help="only says whether they are up to date")

    def handle(self, *, folder, check, **options):
        late = []
        for name, words in drawings().items():
            path = folder / name
            if path.exists() and path.read_text() == words:
                continue
            late.append(str(path))
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(words)
        if check and late:
            raise CommandError("Not up to date: " + ", ".join(late) + ". Run `marelle draw-states`.")
        self.stdout.write("Up to date." if not late else "Drawn: " + ", ".join(late))
