#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws how often a vessel is confirmed within a minute against its strength, from what weak_targets wrote.

draw_weak_targets.py CURVES.csv PICTURE.png
"""
import csv
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

WAYS = {"three_of_five": ("3 of 5 detections", "#8a8f98", "--"), "best_of_24": ("best M of 24", "#8a8f98", ":"),
        "tracker": ("tracker on single turns", "#2b6cb0", "-"), "track_before_detect": ("track-before-detect", "#c05621", "-")}
SEAS = {"0.0": "Noise", "1.0": "Clutter, shape 1", "0.5": "Clutter, shape 0.5"}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    figure, axes = plt.subplots(1, len(SEAS), figsize=(11, 3.6), sharey=True)
    for axis, (shape, title) in zip(axes, SEAS.items()):
        here = [r for r in rows if r["shape"] == shape]
        for key, (label, colour, style) in WAYS.items():
            axis.plot([float(r["strength_db"]) for r in here], [float(r[key]) for r in here], style, color=colour, label=label)
        axis.axhline(0.8, color="#d0d4da", linewidth=0.8, zorder=0)
        axis.set_title(title, fontsize=10)
        axis.set_xlabel("vessel over background, dB")
        axis.set_ylim(0, 1.02)
    axes[0].set_ylabel("confirmed within a minute")
    axes[-1].legend(fontsize=7, loc="lower right", framealpha=1.0)
    figure.tight_layout()
    figure.savefig(sys.argv[2], dpi=110)


if __name__ == "__main__":
    main()
