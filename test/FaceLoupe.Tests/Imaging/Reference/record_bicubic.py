#!/usr/bin/python3
"""Records what Pillow's BICUBIC makes of a small picture, into bicubic.json.

Made with Python 3.11 and Pillow 9.4.0 (Debian 12: apt-get install python3-pil). Run here: /usr/bin/python3 record_bicubic.py
The values come from Pillow's float mode ("F"), channel by channel, and are exact to 1/1000. Its 8-bit mode is no
reference for a single rounding at the end: it rounds and clamps between the two passes too.
"""
import json
import random

import PIL
from PIL import Image

WIDTH, HEIGHT = 9, 7
random.seed(2019)
pixels = [random.choice((0, 255, random.randrange(256))) for _ in range(3 * WIDTH * HEIGHT)]
picture = Image.frombytes("RGB", (WIDTH, HEIGHT), bytes(pixels))


def record(width, height, box=None):
    planes = [
        list(channel.convert("F").resize((width, height), Image.Resampling.BICUBIC, box=box).getdata())
        for channel in picture.split()
    ]
    return {
        "width": width,
        "height": height,
        "region": list(box) if box else None,
        "values": [round(value, 3) for pixel in zip(*planes) for value in pixel],
    }


def write(path, cases):
    head = {"pillow": PIL.__version__, "width": WIDTH, "height": HEIGHT, "pixels": pixels}
    with open(path, "w", encoding="utf-8") as file:
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
        file.write(json.dumps(head, separators=(",", ":"))[:-1] + ',\n"cases":[\n' + lines + "\n]}\n")


write("bicubic.json", [
    record(18, 14),                    # x2
    record(36, 8),                     # x4 by x8/7
    record(9, 7),                      # the same size: the same picture
    record(4, 3),                      # about half
    record(4, 15),                     # shrinking one way, growing the other
    record(1, 1),                      # all in one
    record(6, 5, (3.25, 2.5, 6.75, 4.25)),  # a region of broken pixels, far enough from the edges to grow
    record(3, 4, (2.5, 1.25, 6.5, 5.75)),   # and one that shrinks
])
