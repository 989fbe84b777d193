#!/usr/bin/python3
"""Writes the same picture of 3 x 2 coloured cells (TestPictures.Cells) in every form the decoder should take.

Made with Python 3.11 and Pillow 9.4.0 (Debian 12: apt-get install python3-pil). Run here: /usr/bin/python3 record_files.py
"""
from PIL import Image

CELL = 16
COLOURS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (16, 32, 64)]

picture = Image.new("RGB", (3 * CELL, 2 * CELL))
for index, colour in enumerate(COLOURS):
    left, top = index % 3 * CELL, index // 3 * CELL
    picture.paste(colour, (left, top, left + CELL, top + CELL))

picture.save("cells.png")
picture.quantize(16).save("cells-palette.png")
picture.save("cells.bmp")
picture.save("cells.tif")
picture.save("cells.webp", quality=95)
picture.save("cells-lossless.webp", lossless=True)
picture.save("cells.jpg", quality=95)
picture.save("cells-progressive.jpg", quality=95, progressive=True)
picture.convert("CMYK").save("cells-cmyk.jpg", quality=95)
picture.convert("L").save("cells-gray.jpg", quality=95)
picture.quantize(16).save("cells.gif", save_all=True, append_images=[Image.new("RGB", picture.size)], duration=100)

# The same cells once fully seen, once half seen, once not at all, over nothing.
alpha = Image.new("L", picture.size)
for column, value in enumerate((255, 128, 0)):
    alpha.paste(value, (column * CELL, 0, (column + 1) * CELL, 2 * CELL))
see_through = picture.copy()
see_through.putalpha(alpha)
see_through.save("cells-alpha.png")

Image.new("1", (70_000, 1)).save("too-wide.png")
