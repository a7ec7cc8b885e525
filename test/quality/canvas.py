# SPDX-License-Identifier: Apache-2.0
"""A picture drawn with numpy and written as PNG (W3C PNG, palette of 256): dots, lines, digits."""
import struct
import zlib

import numpy as np

# Five rows of dots from the top.
GLYPHS = {
    "0": ("###", "#.#", "#.#", "#.#", "###"), "1": (".#.", "##.", ".#.", ".#.", "###"),
    "2": ("###", "..#", "###", "#..", "###"), "3": ("###", "..#", ".##", "..#", "###"),
    "4": ("#.#", "#.#", "###", "..#", "..#"), "5": ("###", "#..", "###", "..#", "###"),
    "6": ("###", "#..", "###", "#.#", "###"), "7": ("###", "..#", ".#.", ".#.", ".#."),
    "8": ("###", "#.#", "###", "#.#", "###"), "9": ("###", "#.#", "###", "..#", "###"),
    "k": ("#..", "#.#", "##.", "#.#", "#.#"), "m": (".....", "##.#.", "#.#.#", "#.#.#", "#.#.#"),
    " ": ("...",) * 5}


class Canvas:
    """Pixels of [east0, east1] x [north0, north1] metres, north up."""

    def __init__(self, east, north, longest=900):
        self.east, self.north = east, north
        self.scale = longest / max(east[1] - east[0], north[1] - north[0])  # pixels a metre
        height, width = (int(round((high - low) * self.scale)) for low, high in (north, east))
        self.pixels = np.full((height, width, 3), (247, 249, 251), float)

    def to_pixels(self, e, n):
        return (np.asarray(e, float) - self.east[0]) * self.scale, (self.north[1] - np.asarray(n, float)) * self.scale

    def density(self, e, n, colour=(40, 70, 110), strongest=0.75):
        """Dots whose darkness grows with how many fall on a pixel."""
        x, y = self.to_pixels(e, n)
        h, w, _ = self.pixels.shape
        ok = (x >= 0) & (x < w) & (y >= 0) & (y < h)
        counts = np.zeros((h + 1, w + 1))
        for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):  # a dot of 2 x 2
            np.add.at(counts, (y[ok].astype(int) + down, x[ok].astype(int) + right), 1.0)
        counts = counts[:h, :w]
        if counts.max() == 0:
            return
        share = np.where(counts > 0, 0.35 + 0.65 * np.log1p(counts) / np.log1p(max(counts.max(), 2.0)), 0.0)
        self._blend(slice(0, h), slice(0, w), np.minimum(share, 1.0) * strongest, colour)

    def line(self, e, n, colour, thick=1.6, strength=1.0):
        """A line through points, with soft edges."""
        x, y = self.to_pixels(e, n)
        for x0, y0, x1, y1 in zip(x[:-1], y[:-1], x[1:], y[1:]):
            self._segment(x0, y0, x1, y1, colour, thick, strength)

    def disc(self, e, n, radius, colour):
        x, y = self.to_pixels(e, n)
        self._segment(float(x), float(y), float(x) + 0.01, float(y), colour, 2 * radius, 1.0)

    def text(self, x, y, words, colour=(20, 20, 20), size=2):
        """Upper left corner in pixels."""
        for letter in words:
            glyph = GLYPHS.get(letter, GLYPHS[" "])
            for row, dots in enumerate(glyph):
                for column, dot in enumerate(dots):
                    if dot == "#":
                        top, left = int(y) + row * size, int(x) + column * size
                        if top >= 0 and left >= 0:
                            self.pixels[top:top + size, left:left + size] = colour
            x += (len(glyph[0]) + 1) * size

    def label(self, e, n, words, colour):
        x, y = self.to_pixels(e, n)
        self.text(float(x) + 5, float(y) - 5, words, colour, 2)

    def scale_bar(self):
        metres = next(m for m in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000) if m * self.scale >= 90)
        h = self.pixels.shape[0]
        length = int(metres * self.scale)
        self.pixels[h - 14:h - 11, 12:12 + length] = (20, 20, 20)
        self.text(12, h - 30, f"{metres} m" if metres < 1000 else f"{metres // 1000} km")

    def _segment(self, x0, y0, x1, y1, colour, thick, strength):
        h, w, _ = self.pixels.shape
        reach = thick / 2 + 1
        left, right = max(int(min(x0, x1) - reach), 0), min(int(max(x0, x1) + reach) + 2, w)
        top, bottom = max(int(min(y0, y1) - reach), 0), min(int(max(y0, y1) + reach) + 2, h)
        if left >= right or top >= bottom:
            return
        px, py = np.meshgrid(np.arange(left, right) + 0.5, np.arange(top, bottom) + 0.5)
        dx, dy = x1 - x0, y1 - y0
        u = np.clip(((px - x0) * dx + (py - y0) * dy) / max(dx * dx + dy * dy, 1e-12), 0, 1)
        away = np.hypot(px - x0 - u * dx, py - y0 - u * dy)
        self._blend(slice(top, bottom), slice(left, right), np.clip(thick / 2 + 0.5 - away, 0, 1) * strength, colour)

    def _blend(self, rows, columns, share, colour):
        part = self.pixels[rows, columns]
        part += (np.array(colour, float) - part) * share[..., None]

    def write(self, path):
        """PNG with the 252 colours of a 6 x 7 x 6 cube: a third of the bytes of true colour."""
        steps = np.array([5, 6, 5])
        index = np.rint(self.pixels / 255.0 * steps).astype(int)
        number = (index[..., 0] * 7 + index[..., 1]) * 6 + index[..., 2]
        palette = bytes(int(round(v * 255 / s)) for r in range(6) for g in range(7) for b in range(6)
                        for v, s in zip((r, g, b), steps))
        h, w = number.shape
        rows = np.zeros((h, w + 1), np.uint8)
        rows[:, 1:] = number

        def chunk(kind, data):
            body = kind + data
            return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 3, 0, 0, 0)) +
                       chunk(b"PLTE", palette) + chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)) + chunk(b"IEND", b""))
