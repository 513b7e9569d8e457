"""Films of a few hundred bytes: their containers are whole, their pictures are none."""

import struct


def box(kind, *content):
    data = b"".join(content)
    return struct.pack(">I", 8 + len(data)) + kind + data


def mp4(*, seconds=12, codec=b"avc1", handler=b"vide", more=b""):
    mvhd = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80))
    hdlr = box(b"hdlr", bytes(8) + handler + bytes(13))
    stsd = box(b"stsd", bytes(4) + struct.pack(">I", 1) + box(codec, bytes(70)))
    trak = box(b"trak", box(b"mdia", hdlr, box(b"minf", box(b"stbl", stsd))))
    return box(b"ftyp", b"isom\0\0\2\0isomavc1") + box(b"moov", mvhd, trak) + box(b"mdat", bytes(64)) + more


def element(kind, content):
    return bytes.fromhex(kind) + struct.pack(">Q", len(content) | 1 << 56) + content


def webm(*, seconds=12, codec=b"V_VP9", doctype=b"webm", kind=b"\x01"):
    head = element("1A45DFA3", element("4282", doctype))
    info = element("1549A966", element("2AD7B1", (1_000_000).to_bytes(3)) + element("4489", struct.pack(">d", seconds * 1000)))  # fmt: skip
    tracks = element("1654AE6B", element("AE", element("83", kind) + element("86", codec)))
    return head + element("18538067", info + tracks + element("1F43B675", bytes(32)))


CAPTIONS = b"""WEBVTT

NOTE Pour les tests.

1
00:01.000 --> 00:04.000 align:center
<v Une voix>On dessine une marelle.

00:04.500 --> 00:08.000
Puis on <b>saute</b> jusqu'au ciel.
"""
