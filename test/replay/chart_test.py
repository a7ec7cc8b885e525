# SPDX-License-Identifier: Apache-2.0
"""Zones out of an S-57 cell: the cell is made by ogr2ogr's own S-57 writer (nodes and edges of a lane, a cable and a
platform), `headland rules zones` reads it, and a rules file with its zones has no mistakes. Skipped without ogr2ogr.
Usage: chart_test.py HEADLAND"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from rig import check


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(x, y):
    return {"type": "Point", "coordinates": [x, y]}


def edge(number, a, b, *between):
    """From node a to node b; their places are those of the nodes."""
    ends = {}
    for k, node in enumerate((a, b)):
        ends |= {f"NAME_RCNM_{k}": 120, f"NAME_RCID_{k}": node, f"ORNT_{k}": 255, f"USAG_{k}": 255, f"TOPI_{k}": k + 1,
                 f"MASK_{k}": 255}
    return feature({"type": "LineString", "coordinates": list(between)}, RCNM=130, RCID=number, **ends)


def refers(kind, number):
    return {"NAME_RCNM": [kind], "NAME_RCID": [number], "ORNT": [1], "USAG": [1], "MASK": [2]}


LAYERS = {
    "IsolatedNode": [feature(point(-0.95, 50.05), RCNM=110, RCID=1)],
    "ConnectedNode": [feature(point(-1.0, 50.0), RCNM=120, RCID=1), feature(point(-1.1, 50.1), RCNM=120, RCID=2),
                      feature(point(-0.8, 50.1), RCNM=120, RCID=3)],
    "Edge": [edge(1, 1, 1, [-0.9, 50.0], [-0.9, 50.02], [-1.0, 50.02]), edge(2, 2, 3, [-1.0, 50.1], [-0.9, 50.1])],
    "TSSLPT": [feature(None, PRIM=3, OBJL=148, FIDN=1, FIDS=1, ORIENT=70.0, **refers(130, 1))],
    "CBLSUB": [feature(None, PRIM=2, OBJL=22, FIDN=2, FIDS=1, OBJNAM="North cable", **refers(130, 2))],
    "OFSPLF": [feature(None, PRIM=1, OBJL=87, FIDN=3, FIDS=1, OBJNAM="Alpha", **refers(110, 1))],
    "LIGHTS": [feature(None, PRIM=1, OBJL=75, FIDN=4, FIDS=1, **refers(110, 1))],
}


def make_cell(folder):
    for name, features in LAYERS.items():
        (folder / f"{name}.json").write_text(json.dumps({"type": "FeatureCollection", "name": name, "features": features}))
    parts = "".join(f'<OGRVRTLayer name="{n}"><SrcDataSource>{folder / n}.json</SrcDataSource></OGRVRTLayer>' for n in LAYERS)
    (folder / "all.vrt").write_text(f"<OGRVRTDataSource>{parts}</OGRVRTDataSource>")
    subprocess.run(["ogr2ogr", "-f", "S57", folder / "XX5TEST1.000", folder / "all.vrt"], check=True)
    return folder / "XX5TEST1.000"


def main(headland):
    if shutil.which("ogr2ogr") is None:
        print("SKIPPED: no ogr2ogr (package gdal-bin)")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        cell = make_cell(folder)
        done = subprocess.run([headland, "rules", "zones", cell, "--out", folder / "enc.geojson"], capture_output=True, text=True)
        check(done.returncode == 0, f"zones not read: {done.stderr}")
        features = json.loads((folder / "enc.geojson").read_text())["features"]
        found = sorted((f["properties"]["OBJL"], f["geometry"]["type"]) for f in features)
        check(found == [(22, "LineString"), (87, "Point"), (148, "Polygon")], f"objects: {found}")
        lane = next(f for f in features if f["properties"]["OBJL"] == 148)
        check(lane["geometry"]["coordinates"][0][:2] == [[-1.0, 50.0], [-0.9, 50.0]], "the lane lies elsewhere")
        (folder / "rules.toml").write_text('[[zone]]\nname = "ENC"\nkind = "chart"\ngeojson = "enc.geojson"\n'
                                           '[[rule]]\nname = "wrong way"\nkind = "lane"\nzones = ["ENC TSSLPT"]\n'
                                           '[[rule]]\nname = "cable"\nkind = "cable"\nzones = ["ENC CBLSUB"]\n')
        done = subprocess.run([headland, "rules", "check", folder / "rules.toml"], capture_output=True, text=True)
        check(done.returncode == 0 and "2 rules, 3 zones" in done.stdout, f"rules check: {done.stdout}{done.stderr}")
        (folder / "no.000").write_text("no chart")
        done = subprocess.run([headland, "rules", "zones", folder / "no.000", "--out", folder / "no.geojson"],
                              capture_output=True, text=True)
        check(done.returncode != 0 and "is it an S-57 cell" in done.stderr, "a file that is no chart was taken")
        print("a lane, a cable and a platform of an S-57 cell are zones; a light is none")


if __name__ == "__main__":
    main(sys.argv[1])
