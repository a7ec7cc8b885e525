#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much of the time AIS vessels are within a gate of a confirmed radar track.

    ais_coverage.py --tracks TRACKS.csv --ais AIS.csv [--land LAND.geojson] [--detections DET.csv]
                    [--picture OUT.svg] [--json OUT.json] [--least PERCENT]

TRACKS.csv is what `headland replay --tracks` writes (lat_deg, lon_deg filled). AIS.csv has
t_s_of_day, mmsi, lat_deg, lon_deg, is_own_ship. Only vessels that move (more than --move-m between the
extremes of their reports), at instants when they are between --near-m and --far-m from own ship and
more than --coast-m from land, count; AIS is interpolated between reports, not over holes
longer than --hole-s. The gate is max(--gate-m, --gate-deg seen from own ship). A track counts from its
first confirmed row to its last row, moved along its velocity between rows.

The first --settle-s seconds (15, or six turns of 2.5 s) are left out: a tracker that has just been switched on needs
some turns before it may confirm anything, and a station is switched on once. The end is not left out.

Two figures beside it say how much of that is following. `moving alike`: only tracks whose velocity is that of the vessel
(within 1.5 m/s or 35 % of its speed) count. `by chance`: the same count for places --aside-m beside the vessel, the mean of
eight directions: what many tracks cover without following anybody.

Confirmed tracks on open water are listed as unexplained when less than --explained (0.3: 30 %) of
their rows lie within the gate of an AIS vessel (moving or not) or of a detection of DET.csv within 4 s. Such a track may
well be real: a buoy, a moored craft, a boat without AIS.

Ends with 1 when the share covered is below --least, also when no vessel counted.
"""
import argparse
import csv
import json
import math
import sys

import numpy as np


def to_local(lat, lon, lat0, lon0):
    """East, north in metres about a reference (spherical with local radii: good to 0.1 % here)."""
    a, e2 = 6378137.0, 6.69437999014e-3
    s = math.sin(math.radians(lat0))
    w = 1 - e2 * s * s
    n = a / math.sqrt(w)
    m = a * (1 - e2) / w ** 1.5
    return (np.radians(np.asarray(lon) - lon0) * n * math.cos(math.radians(lat0)),
            np.radians(np.asarray(lat) - lat0) * m)


class Path:
    """Positions over time, interpolated linearly, absent over holes."""

    def __init__(self, t, e, n, hole):
        order = np.argsort(t, kind="stable")
        self.t, keep = np.unique(np.asarray(t, float)[order], return_index=True)
        self.e, self.n = np.asarray(e, float)[order][keep], np.asarray(n, float)[order][keep]
        self.hole = hole

    def at(self, times):
        i = np.clip(np.searchsorted(self.t, times, "right"), 1, max(len(self.t) - 1, 1))
        e, n = np.interp(times, self.t, self.e), np.interp(times, self.t, self.n)
        if len(self.t) < 2:
            return np.full(len(times), np.nan), np.full(len(times), np.nan)
        ok = (times >= self.t[0]) & (times <= self.t[-1]) & (self.t[i] - self.t[i - 1] <= self.hole)
        return np.where(ok, e, np.nan), np.where(ok, n, np.nan)


def read_ais(path, hole):
    rows = {}
    own = None
    with open(path, newline="") as f:
        for r in csv.DictReader(f):
            key = "own" if r["is_own_ship"] == "1" else r["mmsi"]
            rows.setdefault(key, []).append((float(r["t_s_of_day"]), float(r["lat_deg"]), float(r["lon_deg"])))
    first = rows["own"][0]
    ref = (first[1], first[2])
    paths = {}
    for key, points in rows.items():
        t, lat, lon = zip(*points)
        e, n = to_local(lat, lon, *ref)
        paths[key] = Path(t, e, n, hole)
    own = paths.pop("own")
    return own, paths, ref


def read_tracks(path, ref):
    tracks = {}
    with open(path, newline="") as f:
        for r in csv.DictReader(f):
            if r["lat_deg"] == "":
                continue
            tracks.setdefault(r["track_id"], []).append(
                (float(r["time_s"]), float(r["lat_deg"]), float(r["lon_deg"]), float(r["ve_mps"]), float(r["vn_mps"]),
                 r["status"]))
    out = {}
    for key, rows in tracks.items():
        rows.sort(key=lambda r: r[0])
        begin = next((i for i, r in enumerate(rows) if r[5] == "confirmed"), None)
        if begin is None:
            continue
        rows = [r for r in rows[begin:] if r[5] != "deleted"]
        e, n = to_local([r[1] for r in rows], [r[2] for r in rows], *ref)
        out[key] = np.column_stack([[r[0] for r in rows], e, n, [r[3] for r in rows], [r[4] for r in rows]])
    return out


def track_at(track, times, keep_s):
    """A track's positions: its last row moved along its velocity, for keep_s after it."""
    i = np.searchsorted(track[:, 0], times, "right") - 1
    ok = (i >= 0)
    i = np.clip(i, 0, None)
    dt = times - track[i, 0]
    ok &= dt <= keep_s
    return (np.where(ok, track[i, 1] + dt * track[i, 3], np.nan), np.where(ok, track[i, 2] + dt * track[i, 4], np.nan))


def velocity_at(track, times):
    """A track's velocity, between its rows interpolated."""
    return np.interp(times, track[:, 0], track[:, 3]), np.interp(times, track[:, 0], track[:, 4])


def path_velocity(path, times, half_s=5.0):
    """Of AIS: from its positions so long before and after."""
    (e0, n0), (e1, n1) = path.at(times - half_s), path.at(times + half_s)
    return (e1 - e0) / (2 * half_s), (n1 - n0) / (2 * half_s)


def covered(states, e, n, gate, like=None):
    """When any track is within the gate of a place; `like`: for each track, when it may count."""
    hit = np.zeros(len(e), bool)
    for k, (te, tn) in enumerate(states):
        near = np.hypot(te - e, tn - n) <= gate
        hit |= near if like is None else near & like[k]
    return hit


def moving_alike(velocities, path, times):
    """For each track, when its velocity is that of the vessel."""
    ve, vn = path_velocity(path, times)
    most = np.maximum(1.5, 0.35 * np.hypot(ve, vn))
    return [np.hypot(te - ve, tn - vn) <= most for te, tn in velocities]


def read_land(path, ref):
    if not path:
        return []
    rings = []
    with open(path) as f:
        for feature in json.load(f)["features"]:
            g = feature["geometry"]
            for polygon in [g["coordinates"]] if g["type"] == "Polygon" else g["coordinates"]:
                for ring in polygon:
                    lon, lat = zip(*[p[:2] for p in ring])
                    rings.append(np.column_stack(to_local(lat, lon, *ref)))
    return rings


def land_distance(e, n, rings):
    """Distance to the nearest coast line; negative on land (even-odd over all rings)."""
    best = np.full(len(e), np.inf)
    inside = np.zeros(len(e), bool)
    for ring in rings:
        lo, hi = ring.min(axis=0), ring.max(axis=0)
        a, b = ring[:-1], ring[1:]
        d = b - a
        length2 = np.maximum((d * d).sum(axis=1), 1e-9)
        for k in np.flatnonzero(np.isfinite(e)):
            if not (lo[0] - 2e3 < e[k] < hi[0] + 2e3 and lo[1] - 2e3 < n[k] < hi[1] + 2e3):
                continue
            p = np.array([e[k], n[k]])
            s = np.clip(((p - a) * d).sum(axis=1) / length2, 0, 1)
            best[k] = min(best[k], np.sqrt((((a + s[:, None] * d) - p) ** 2).sum(axis=1).min()))
            crosses = (a[:, 1] > p[1]) != (b[:, 1] > p[1])
            with np.errstate(divide="ignore", invalid="ignore"):
                x = a[:, 0] + (p[1] - a[:, 1]) / (b[:, 1] - a[:, 1]) * d[:, 0]
            inside[k] ^= bool((crosses & (p[0] < x)).sum() % 2)
    return np.where(inside, -best, best)


def read_detections(path):
    if not path:
        return None
    with open(path, newline="") as f:
        return np.array([(float(r["t_ms_of_day"]) / 1e3, float(r["azimuth_rad"]), float(r["range_m"]))
                         for r in csv.DictReader(f)])


KINDS = {  # of unexplained tracks: what they do, and their colour on the picture
    "about own ship": "#e0a000",  # within --clutter-m: waves, wake, echoes of the own mast and their second ones
    "brief": "#d05090",           # less than 30 s
    "stands": "#d00",             # under 0.7 m/s from end to end: buoys, forts, moored craft, what a strong echo throws
    "under way": "#7000c0",       # 1.5 m/s or more on a straight course: vessels without AIS
    "wanders": "#806040",         # anything else
}


def kind_of(track, range_m, clutter_m):
    seconds = track[-1, 0] - track[0, 0]
    if range_m < clutter_m:
        return "about own ship"
    if seconds < 30.0:
        return "brief"
    way = math.hypot(track[-1, 1] - track[0, 1], track[-1, 2] - track[0, 2])
    every = track[::max(1, len(track) // 12)]  # turn to turn an echo jitters
    path = float(np.hypot(np.diff(every[:, 1]), np.diff(every[:, 2])).sum())
    if way / seconds < 0.7:
        return "stands"
    return "under way" if way / seconds >= 1.5 and way > 0.6 * path else "wanders"


def svg(path, own, tracks, paths, rings, unexplained, extent, t_mid):
    oe, on = own.at(np.array([t_mid]))
    size = 1000
    scale = size / (2 * extent)

    def points(e, n):
        ok = np.isfinite(e)
        return " ".join(f"{(x - oe[0]) * scale + size / 2:.1f},{size / 2 - (y - on[0]) * scale:.1f}"
                        for x, y in zip(e[ok], n[ok]))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">',
           '<rect width="100%" height="100%" fill="#eef6fb"/>']
    for ring in rings:
        out.append(f'<polygon points="{points(ring[:, 0], ring[:, 1])}" fill="#e7dcc0" stroke="#998"/>')
    for key, p in paths.items():
        out.append(f'<polyline points="{points(p.e, p.n)}" fill="none" stroke="#090" stroke-width="4" opacity="0.4"/>')
    for key, t in tracks.items():
        colour = KINDS.get(unexplained.get(key), "#04a")
        out.append(f'<polyline points="{points(t[::4, 1], t[::4, 2])}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        out.append(f'<text x="{(t[-1, 1] - oe[0]) * scale + size / 2:.0f}" y="{size / 2 - (t[-1, 2] - on[0]) * scale:.0f}" '
                   f'font-size="10" fill="{colour}">{key}</text>')
    for row, (name, colour) in enumerate([("explained", "#04a"), *KINDS.items()]):
        count = len(tracks) - len(unexplained) if row == 0 else sum(k == name for k in unexplained.values())
        out.append(f'<text x="12" y="{24 + 20 * row}" font-size="16" fill="{colour}">{name}: {count}</text>')
    out.append("</svg>")
    with open(path, "w") as f:
        f.write("\n".join(out))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--tracks", required=True)
    p.add_argument("--ais", required=True)
    p.add_argument("--land")
    p.add_argument("--detections")
    p.add_argument("--picture")
    p.add_argument("--json")
    p.add_argument("--least", type=float, metavar="PERCENT", help="end with 1 when less is covered")
    for name, value in (("settle-s", 15.0), ("gate-m", 150.0), ("gate-deg", 3.0), ("near-m", 400.0), ("far-m", 7000.0), ("coast-m", 300.0),
                        ("move-m", 100.0), ("hole-s", 60.0), ("keep-s", 10.0), ("explained", 0.3), ("clutter-m", 1000.0), ("aside-m", 700.0)):
        p.add_argument("--" + name, type=float, default=value)
    o = p.parse_args()

    own, paths, ref = read_ais(o.ais, o.hole_s)
    tracks = read_tracks(o.tracks, ref)
    rings = read_land(o.land, ref)
    detections = read_detections(o.detections)
    t0 = max(own.t[0], min((t[0, 0] for t in tracks.values()), default=own.t[0]))
    t1 = min(own.t[-1], max((t[-1, 0] for t in tracks.values()), default=own.t[-1]))
    times = np.arange(math.ceil(t0 + o.settle_s), math.floor(t1))
    oe, on = own.at(times)
    states = [track_at(t, times, o.keep_s) for t in tracks.values()]
    velocities = [velocity_at(t, times) for t in tracks.values()]

    rows = []
    for mmsi, path in sorted(paths.items()):
        if math.hypot(np.ptp(path.e), np.ptp(path.n)) < o.move_m:
            continue
        e, n = path.at(times)
        r = np.hypot(e - oe, n - on)
        use = np.isfinite(r) & (r > o.near_m) & (r < o.far_m)
        if rings and use.any():
            d = land_distance(np.where(use, e, np.nan), np.where(use, n, np.nan), rings)
            use &= d > o.coast_m
        if not use.any():
            continue
        gate = np.maximum(o.gate_m, np.radians(o.gate_deg) * r)
        hit = covered(states, e, n, gate)
        alike = covered(states, e, n, gate, moving_alike(velocities, path, times))
        aside = [covered(states, e + o.aside_m * math.sin(a), n + o.aside_m * math.cos(a), gate)[use].mean()
                 for a in np.arange(8) * math.pi / 4]
        rows.append({"mmsi": mmsi, "seconds": int(use.sum()), "covered_pct": round(100 * float(hit[use].mean()), 1),
                     "alike_pct": round(100 * float(alike[use].mean()), 1),
                     "chance_pct": round(100 * float(np.mean(aside)), 1)})
    total = sum(r["seconds"] for r in rows)

    def share(name):
        return sum(r["seconds"] * r[name] for r in rows) / max(total, 1)

    share_covered = share("covered_pct")

    unexplained = []
    for key, track in tracks.items():
        ts = track[:, 0]
        toe, ton = own.at(ts)
        r = np.hypot(track[:, 1] - toe, track[:, 2] - ton)
        use = np.isfinite(r) & (r > o.near_m) & (r < o.far_m)
        if rings and use.any():
            use &= land_distance(np.where(use, track[:, 1], np.nan), np.where(use, track[:, 2], np.nan), rings) > o.coast_m
        if use.sum() < 2:
            continue
        gate = np.maximum(o.gate_m, np.radians(o.gate_deg) * r)
        hit = np.zeros(len(ts), bool)
        for path in paths.values():
            e, n = path.at(ts)
            hit |= np.hypot(e - track[:, 1], n - track[:, 2]) <= gate
        if detections is not None:
            for k in np.flatnonzero(use & ~hit):
                near = detections[np.abs(detections[:, 0] - ts[k]) < 4]
                de = toe[k] + near[:, 2] * np.sin(near[:, 1])
                dn = ton[k] + near[:, 2] * np.cos(near[:, 1])
                hit[k] = bool((np.hypot(de - track[k, 1], dn - track[k, 2]) <= gate[k]).any())
        if hit[use].mean() < o.explained:
            unexplained.append({"track": key, "kind": kind_of(track, float(np.nanmedian(r)), o.clutter_m),
                                 "from_s": ts[0], "seconds": round(float(ts[-1] - ts[0]), 1),
                                "range_m": round(float(np.nanmedian(r)), 0), "rows": int(use.sum()),
                                "explained_pct": round(100 * float(hit[use].mean()), 1)})
    result = {"vessels": rows, "seconds": total, "covered_pct": round(share_covered, 1),
              "alike_pct": round(share("alike_pct"), 1), "chance_pct": round(share("chance_pct"), 1), "confirmed_tracks": len(tracks),
              "unexplained": unexplained}
    if o.json:
        with open(o.json, "w") as f:
            json.dump(result, f, indent=1)
    for r in rows:
        print(f'{r["mmsi"]:>10} {r["seconds"]:5d} s  {r["covered_pct"]:5.1f} %, moving alike {r["alike_pct"]:.1f} %, '
              f'by chance {r["chance_pct"]:.1f} %')
    print(f"covered {share_covered:.1f} % of {total} s of {len(rows)} vessels; {len(tracks)} confirmed tracks, "
          f"{len(unexplained)} on open water unexplained")
    print(f"  by tracks moving alike: {share('alike_pct'):.1f} %; by chance, {o.aside_m:g} m aside: {share('chance_pct'):.1f} %")
    for name in KINDS:
        of_kind = [u for u in unexplained if u["kind"] == name]
        print(f"  {name}: {len(of_kind)} tracks, {sum(u['seconds'] for u in of_kind):.0f} s together")
    for u in unexplained:
        print(f'  track {u["track"]}: {u["seconds"]} s at {u["range_m"]:.0f} m, {u["explained_pct"]} % explained')
    if o.picture:
        svg(o.picture, own, tracks, paths, rings, {u["track"]: u["kind"] for u in unexplained}, o.far_m * 1.1, float(times[len(times) // 2]))
    if o.least is not None and share_covered < o.least:
        print(f"less than the {o.least:g} % demanded")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
