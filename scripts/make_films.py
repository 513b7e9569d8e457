"""Makes the demonstration's films, from shapes and words of our own: `.venv/bin/python scripts/make_films.py FFMPEG`.

Run by hand when a film changes; the films are kept in the tree (`marelle/demo/library/films`), some tens of kilobytes
each. FFMPEG is any build of it with VP9: it was `imageio-ffmpeg` 's, installed aside (`uv venv`, `uv pip install
imageio-ffmpeg`), and is no dependency. Writes `<key>.webm` and `<key>.vtt` from `films.yaml`.
"""

import subprocess
import sys
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import yaml
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).resolve().parents[1] / "marelle" / "demo" / "library" / "films"
FACE = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files" / "AtkinsonHyperlegible-Bold.ttf"
WIDTH, HEIGHT, RATE = 854, 480, 12
PAPER, INK = "#fbf8f1", "#17233b"
CHALKS = ["#0b6aa8", "#6a3fa0", "#9c5000", "#b92f25", "#176b4a", "#22566b", "#a82a6a"]


def draw(scenes: list[dict], number: int, progress: float) -> Image.Image:
    """One image: the squares drawn so far, the one being drawn, its words."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    side, gap = 76, 14
    left = (WIDTH - len(scenes) * (side + gap) + gap) // 2
    for place in range(len(scenes)):
        done = 1.0 if place < number else progress if place == number else 0.0
        box = (left + place * (side + gap), 330, left + place * (side + gap) + side, 330 + side)
        pen.rectangle(box, outline=CHALKS[place % 7], width=4)
        if done:
            height = int(side * done)
            pen.rectangle((box[0], box[3] - height, box[2], box[3]), fill=CHALKS[place % 7])
            if done > 0.5:
                pen.text(
                    (box[0] + side / 2, box[1] + side / 2), str(place + 1), font=face(38), fill="white", anchor="mm"
                )
    words = scenes[number]["words"]
    size = 64
    while pen.textlength(words, font=face(size)) > WIDTH - 80:
        size -= 4
    rise = int(18 * (1 - min(progress * 3, 1)))
    pen.text((WIDTH / 2, 150 + rise), words, font=face(size), fill=INK, anchor="mm")
    said = scenes[number].get("more", "")
    if said and progress > 0.25:
        pen.text((WIDTH / 2, 235), said, font=face(30), fill=CHALKS[number % 7], anchor="mm")
    return image


def face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACE), size)


def film(ffmpeg: str, key: str, about: dict) -> None:
    command = [
        ffmpeg, "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}",
        "-r", str(RATE), "-i", "-", "-c:v", "libvpx-vp9", "-crf", "38", "-b:v", "0", "-g", "120", "-pix_fmt", "yuv420p",
        "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", str(FOLDER / f"{key}.webm"),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603 - the tool that the person named
        for number, scene in enumerate(about["scenes"]):
            frames = round(scene["seconds"] * RATE)
            for frame in range(frames):
                process.stdin.write(draw(about["scenes"], number, min(1.0, (frame + 1) / (frames * 0.6))).tobytes())
    if process.returncode:
        sys.exit(f"{key}: ffmpeg failed")


def captions(key: str, about: dict) -> None:
    """What is written on the screen, for those who listen to it."""
    lines, at = ["WEBVTT", ""], 0.0
    for scene in about["scenes"]:
        end = at + scene["seconds"]
        said = ". ".join(filter(None, [scene["words"], scene.get("more", "")]))
        lines += [f"{stamp(at)} --> {stamp(end - 0.1)}", said, ""]
        at = end
    (FOLDER / f"{key}.vtt").write_text("\n".join(lines), encoding="utf-8")


def stamp(seconds: float) -> str:
    return f"00:{int(seconds) // 60:02}:{seconds % 60:06.3f}"


if __name__ == "__main__":
    for key, about in yaml.safe_load((FOLDER / "films.yaml").read_text(encoding="utf-8")).items():
        film(sys.argv[1], key, about)
        captions(key, about)
        print(key, (FOLDER / f"{key}.webm").stat().st_size)  # noqa: T201
