"""The drawings of `docs/states/` say what the code does."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from marelle.programme.enums import MOVES, Move, Status

ROOT = Path(__file__).resolve().parents[2]


def test_they_are_up_to_date():
    """When this fails: `marelle draw-states`, and read what changed."""
    call_command("draw_states", ROOT / "docs" / "states", check=True, verbosity=0)


def test_a_drawing_left_behind_is_noticed(tmp_path, capsys):
    call_command("draw_states", tmp_path)
    call_command("draw_states", tmp_path, check=True)
    path = tmp_path / "candidacy.md"
    path.write_text(path.read_text().replace("title", "tilte", 1))
    with pytest.raises(CommandError, match="draw-states"):
        call_command("draw_states", tmp_path, check=True)


def test_every_state_is_reached_and_every_move_leaves_from_somewhere():
    reached = {destination for _, destination in MOVES.values()} | {Status.INTERESTED}
    assert reached == set(Status)
    assert set(MOVES) == set(Move)
    assert all(origins and destination not in origins for origins, destination in MOVES.values())
