# SPDX-License-Identifier: Apache-2.0
"""What tools rely on: the shapes of the JSON and the columns of the CSV that the command line writes, with a
capture, text and truth made here. Usage: shapes_test.py HEADLAND"""

import csv
import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import zlib

from rig import SCENE, Rig, check, wait_until

NUMBER = (int, float)
TRACKS = ("time_s,track_id,east_m,north_m,ve_mps,vn_mps,var_ee,var_nn,cov_en,status,lat_deg,lon_deg,mmsi,sources")
PLOTS = "time_s,sensor,scan_id,range_m,azimuth_deg,east_m,north_m,sensor_east_m,sensor_north_m,strength_db,cells"

STREAM = {"protocol": str, "source": str, "datagrams": int, "spokes": int, "turns": int,
          "seconds_per_turn": (*NUMBER, type(None)), "ranges_m": [NUMBER], "cell_m": [NUMBER],
          "heading": {"kind": str, "deg": (*NUMBER, type(None))}, "position": (dict, type(None)),
          "messages": {None: int}, "rejected": {None: int}}
DECODE = {"files": [{"path": str, "duration_s": NUMBER, "streams": [STREAM]}]}
SUMMARY = {"duration_s": NUMBER, "speed_x_real_time": NUMBER,
           "radars": [{"sensor": str, "id": int, "protocol": str, "spokes": int, "turns": int, "gaps": int, "plots": int}],
           "tracks": {"begun": int, "confirmed": int, "ended": int},
           "ais": {"sentences": int, "messages": int, "vessels": int}, "rejected": {None: int}}


def fits(value, shape, where="it"):
    """`shape`: a type or types; a list of one shape; an object with those keys (more may be there), None = any key."""
    if isinstance(shape, list):
        check(isinstance(value, list), f"{where} is no list: {value}")
        for i, element in enumerate(value):
            fits(element, shape[0], f"{where}[{i}]")
    elif isinstance(shape, dict):
        check(isinstance(value, dict), f"{where} is no object: {value}")
        for key, inner in shape.items():
            if key is None:
                for name, element in value.items():
                    fits(element, inner, f"{where}.{name}")
            else:
                check(key in value, f"{where} lacks {key}: {value}")
                fits(value[key], inner, f"{where}.{key}")
    else:
        check(isinstance(value, shape) and not isinstance(value, bool), f"{where} is {value!r}")


class Shapes:
    def __init__(self, rig):
        self.rig = rig
        self.capture, self.nmea, self.truth = (rig.folder / n for n in ("sea.pcap", "sea.nmea", "truth.csv"))
        self.run("simulate", SCENE, "--duration", "14", "--pcap", self.capture, "--nmea", self.nmea, "--truth", self.truth)

    def run(self, *arguments):
        done = subprocess.run([self.rig.headland, *map(str, arguments)], capture_output=True, text=True, timeout=120,
                              cwd=self.rig.folder)
        check(done.returncode == 0, f"{arguments}: {done.returncode}: {done.stderr}")
        return done.stdout

    def rows(self, path):
        with open(path, newline="") as file:
            header = file.readline().strip()
            return header, list(csv.DictReader(file, fieldnames=header.split(",")))


def decode(s):
    told = json.loads(s.run("decode", "--json", s.capture, s.nmea))
    fits(told, DECODE)
    check(len(told["files"]) == 2, "not one entry a file")
    streams = {x["protocol"]: x for f in told["files"] for x in f["streams"]}
    check({"asterix-240", "nmea-ais"} <= set(streams), f"{set(streams)}")
    video = streams["asterix-240"]
    check(video["spokes"] > 1000 and video["turns"] > 2 and video["seconds_per_turn"] > 0.5, f"{video}")
    check(video["heading"]["kind"] in ("none", "true", "magnetic") and not video["rejected"], f"{video}")
    check("files" in json.loads(s.run("decode", "--json", s.nmea)), "one file alone has another shape")


def replay(s):
    tracks, plots, told = s.rig.replay("one", "--config", s.rig.config, s.capture, s.nmea)
    fits(told, SUMMARY)
    check(told["radars"][0]["protocol"] == "asterix-240" and told["radars"][0]["sensor"] == "matoco", f"{told}")
    check(told["tracks"]["confirmed"] > 0 and told["ais"]["vessels"] > 0 and told["duration_s"] > 10, f"{told}")
    check(told["radars_without_position"] == [], f"{told}")
    header, rows = s.rows(s.rig.folder / "one-tracks.csv")
    check(header == TRACKS and rows, header)
    for row in rows:
        check(row["status"] in ("tentative", "confirmed", "coasted", "deleted"), f"{row}")
        check(abs(float(row["lat_deg"]) - 13.6) < 1 and len(row["time_s"].split(".")[1]) >= 3, f"{row}")
        check(all(p == "ais" or p.startswith("radar") for p in row["sources"].split("+")), f"{row}")
    header, rows = s.rows(s.rig.folder / "one-plots.csv")
    check(header == PLOTS and len(rows) == told["radars"][0]["plots"] - told["plots_on_land"], f"{header} {len(rows)}")
    check(tracks and plots, "empty")


def tracked_with(s, key):
    """The tracks that `track` makes of our plots with this key of [tracker]."""
    config, out = s.rig.folder / "keys.toml", s.rig.folder / "keyed.csv"
    config.write_text(f"[tracker]\n{key}\n", encoding="utf-8")
    s.run("track", "--config", config, "--plots", s.rig.folder / "one-plots.csv", "--out", out)
    return out.read_text(encoding="utf-8")


def plots_again(s):
    """Our own plots are input of `track` and of `replay`."""
    s.run("track", "--plots", s.rig.folder / "one-plots.csv", "--out", s.rig.folder / "again.csv")
    header, rows = s.rows(s.rig.folder / "again.csv")
    check(header == TRACKS and any(r["status"] == "confirmed" for r in rows), "no track of our own plots")
    slow, fast = (tracked_with(s, f"prior_speed_kn = {knots}.0") for knots in (5, 60))
    check(slow != fast, "`track` does not heed prior_speed_kn")
    told = s.rig.replay("two", "--origin", "13.638,121.0395", s.rig.folder / "one-plots.csv")[2]
    fits(told, SUMMARY)


def truth(s):
    header, rows = s.rows(s.truth)
    check({"time_s", "target_id", "east_m", "north_m"} <= set(header.split(",")) and len(rows) > 100, header)


def status_of(rig, path, method="GET"):
    request = urllib.request.Request(f"http://127.0.0.1:{rig.web}{path}", method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def frames_of(rig, wanted, most=400):
    """The first frame of each of the wanted types, from the WebSocket."""
    with socket.create_connection(("127.0.0.1", rig.web), timeout=20) as s:
        s.sendall(b"GET /ws/v1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        stream = s.makefile("rb")
        check(b"101" in stream.readline(), "no upgrade")
        while stream.readline() not in (b"\r\n", b""):
            pass
        found = {}
        for _ in range(most):
            head = stream.read(2)
            size = head[1] & 0x7F
            if size > 125:
                size = int.from_bytes(stream.read(2 if size == 126 else 8), "big")
            content = stream.read(size)
            if head[0] & 0x0F == 2:
                found.setdefault(content[0], content)
            if set(wanted) <= set(found):
                return found
    raise AssertionError(f"frames {set(wanted) - set(found)} did not come")


def content_of(frame):
    return zlib.decompress(frame[16:], -15) if frame[1] & 1 else frame[16:]


def served(s):
    """What a running station answers, on every path that docs/formats/stream.md names."""
    rig = s.rig
    rig.start_station()
    rig.start_simulator()
    wait_until(lambda: len(rig.confirmed()) >= 3, what="tracks")
    health = json.loads(rig.get("/healthz"))
    check(health["status"] == "ok" and health["components"], "not well")
    fits(json.loads(rig.get("/api/v1/picture.geojson")),
         {"type": str, "features": [{"type": str, "id": int, "geometry": {"type": str}, "properties": dict}]})
    history = wait_until(lambda: json.loads(rig.get("/api/v1/history/tracks?from=0&to=9000000000"))["tracks"],
                         what="history")
    fits(history, [{"id": int, "points": [list]}])
    check(all(len(p) == 5 for t in history for p in t["points"]), f"{history[0]}")
    one = json.loads(rig.get(f"/api/v1/history/tracks?from=0&to=9000000000&id={history[0]['id']}"))["tracks"]
    check([t["id"] for t in one] == [history[0]["id"]], f"{one}")
    events = json.loads(rig.get("/api/v1/history/events?from=0&to=9000000000"))
    check("session_began" in json.dumps(events), f"{events}")
    metrics = rig.get("/metrics")
    check("# TYPE headland_up gauge" in metrics and "headland_queue_depth" in metrics, metrics)
    check(status_of(rig, "/api/v1/nothing") == 404 and status_of(rig, "/../../etc/passwd") in (400, 404), "found")
    check(status_of(rig, "/api/v1/history/tracks?from=x&to=1") == 400, "nonsense was answered")
    check(status_of(rig, "/api/v1/history/tracks?from=0&to=1&id=x") == 400, "the track 'x' was found")
    check(status_of(rig, "/api/v1/picture.geojson", "DELETE") in (404, 405), "DELETE was taken")
    frames = frames_of(rig, (1, 2, 3, 5, 7))
    fits(json.loads(content_of(frames[1])), {"version": str, "protocol": int, "mode": str, "node": str,
                                             "origin": {"lat_deg": NUMBER, "lon_deg": NUMBER}, "server_time_s": NUMBER,
                                             "radars": [{"id": int, "name": str, "reference": str}]})
    snapshot = content_of(frames[2])
    check(len(snapshot) == 4 + 32 * int.from_bytes(snapshot[:4], "little"), "snapshot of another length")
    fits(json.loads(content_of(frames[7])), {"clock_s": NUMBER, "data_time_s": NUMBER, "lanes": [
        {"name": str, "depth": int, "high_water": int, "dropped": int}], "radars": [{"id": int, "name": str}],
        "ais": {"vessels": int}, "tracks": {"confirmed": int, "tentative": int}, "journal": {"bytes": int}})
    check(rig.end(rig.station) == 0, "the station did not stop cleanly")


def main(headland):
    with Rig(headland) as rig:
        shapes = Shapes(rig)
        for part in (decode, replay, plots_again, truth, served):
            part(shapes)
            print(f"{part.__name__}: good", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
