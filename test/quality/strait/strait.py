#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Days of simulated traffic in a strait with scripted incidents, and what sets of rules make of them.

    strait.py --headland PROGRAM [--days 5] [--hours 24] [--incidents 40] [--seed 1] [--jobs 2] [--rules FILE ...]
              [--radar] [--quick] [--keep FOLDER] [--least PERCENT] [--most-false N] [--most N] [--markdown FILE]
    strait.py --zones          prints the zones of data/rules/strait.toml

For each day (of so many hours, with so many incidents; each begins anew) it writes AIS as it would be received
(ais.nmea) and the incidents (incidents.json) and runs `headland rules test` for each rules file. It says what share of
the incidents was found by a rule made for their kind, how long after they could be seen, how long before the harm, and
how many alerts belonged to none. An alert belongs to an incident when one of its ships is a subject and it was raised
between 20 minutes before the incident could be seen and 20 minutes after it was over. The limits are checked for the
first rules file; ends with 1 when one is missed.

--radar: a radar sees what is within 26 km of the middle, too, and some of the incidents are those that need it (slow:
some fifty times as fast as time). --quick: only incidents that show within minutes, for a short run; with --radar only
those that need it.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

import ais_text
import incidents
import radar
import script
import sea
import traffic as ordinary

EPOCH = 1_700_006_400  # a midnight
HERE = os.path.dirname(os.path.abspath(__file__))
RULES = os.path.normpath(os.path.join(HERE, "..", "..", "..", "data", "rules"))
MARGIN_S = 1200


def ahead(ship, path, seconds):
    """Where it is so many seconds after each of its times, and not half way in a jump."""
    step = np.append(np.diff(path), 0.0)
    return path + np.where(np.abs(step) < 1.0, step, 0.0) * seconds / sea.STEP_S


def reports(ship, random, until):
    """When it is heard, and what it then says: class A every ten seconds, at rest every three minutes."""
    phase = int(random.integers(0, 18))
    k = np.arange(len(ship.t))
    every = np.where(ship.sog < 0.5, 18 if not ship.class_b else 6, 3 if ship.class_b else 1)
    if not ship.class_b:
        every[(ship.sog < 0.5) & (ship.status != 1) & (ship.status != 5)] = 1
    near, far = sea.RECEIVED_KM
    chance = np.clip((far - np.hypot(ship.x, ship.y)) / (far - near), 0, 0.97)
    keep = ((k + phase) % every == 0) & (random.random(len(k)) < chance) & (ship.t >= 0) & (ship.t < until)
    for a, b in ship.silences:
        keep &= (ship.t < a) | (ship.t >= b)
    n = int(keep.sum())
    x, y = (ahead(ship, path, phase % 10)[keep] + random.normal(0, 0.003, n) for path in (ship.x, ship.y))
    sog = np.maximum(ship.sog[keep] + random.normal(0, 0.06, n), 0)
    yaw = random.normal(0, 1.0, n) + random.normal(0, 1, n) * np.clip(20 / (1 + 8 * sog), 0, 90)
    if ship.false_km is not None:
        x = np.where(ship.t[keep] >= ship.false_from, x + ship.false_km[0], x)
        y = np.where(ship.t[keep] >= ship.false_from, y + ship.false_km[1], y)
    if ship.walk_kmps is not None:
        walked = np.clip(ship.t[keep] - ship.false_from, 0, 1200)
        x, y = x + ship.walk_kmps[0] * walked, y + ship.walk_kmps[1] * walked
    sog = np.maximum(sog + np.where(ship.t[keep] >= ship.false_from, ship.said_more_kn, 0), 0)
    lat, lon = sea.place(x, y)
    heading = (np.round(ship.heading[keep] + random.normal(0, 1.0, n)) % 360).astype(int)
    return {"t": ship.t[keep] + EPOCH + phase % 10, "mmsi": np.full(n, ship.mmsi), "lat": lat, "lon": lon, "sog_kn": sog,
            "cog": (ship.cog[keep] + yaw) % 360, "heading": np.full(n, 511) if ship.class_b else heading,
            "status": ship.status[keep], "class_b": np.full(n, ship.class_b)}


def particulars(ship, said):
    """(time, lines): every six minutes, while it is heard."""
    out, last = [], None
    for t in said["t"].tolist():
        if last is not None and t - last < 355:
            continue
        last = t
        name = [n for since, n in ship.names if since + EPOCH <= t or since == 0][-1]
        out += [(t, m, name) for m in range(2 if ship.class_b else 1)]
    cache = {}
    for i, (t, m, name) in enumerate(out):
        if name not in cache:
            cache[name] = ais_text.particulars_sentences(ship, name)
        out[i] = (t, ais_text.stamped(cache[name][m], t))
    return out


def write_ais(path, ships, random, hours):
    """Hour by hour, in order of time."""
    said = [reports(s, random, hours * 3600) for s in ships]
    named = [particulars(s, r) for s, r in zip(ships, said)]
    by_hour = collections.defaultdict(list)
    for r, p in zip(said, named):
        hour = (r["t"] - EPOCH) // 3600
        for h in np.unique(hour):
            pick = hour == h
            by_hour[int(h)].append({k: v[pick] for k, v in r.items()})
        for t, line in p:
            by_hour[int((t - EPOCH) // 3600)].append((t, line))
    count = 0
    with open(path, "wb") as f:
        for h in sorted(by_hour):
            blocks = [b for b in by_hour[h] if isinstance(b, dict)]
            lines = [b for b in by_hour.pop(h) if not isinstance(b, dict)]
            lines += ais_text.position_lines({k: np.concatenate([b[k] for b in blocks]) for k in blocks[0]})
            lines.sort(key=lambda l: l[0])
            f.writelines(l for _, l in lines)
            count += len(lines)
    return count


def kinds_of(a):
    if a.quick:
        return radar.KINDS if a.radar else incidents.QUICK
    # In turn, so that a short run has both.
    return incidents.KINDS if not a.radar else [k for i, kind in enumerate(incidents.KINDS)
                                                for k in ((kind, radar.KINDS[i // 3 % 4]) if i % 3 == 0 else (kind,))]


def generate(a, day, folder):
    random = np.random.default_rng([a.seed, day])
    until = a.hours * 3600
    t = ordinary.Traffic(random, until)
    ordinary.always_there(t)
    first = min(4 * 3600, 0.1 * until)
    scripted = script.script(t, a.incidents, first, until - min(3 * 3600, 0.4 * until), kinds_of(a), shift=day * a.incidents)
    ordinary.passing(t)
    count = write_ais(os.path.join(folder, "ais.nmea"), t.ships, random, a.hours)
    if a.radar:
        radar.write_plots(os.path.join(folder, "plots.csv"), t.ships, random, until, EPOCH)
    at_once = [sum(1 for s in t.ships if s.t[0] <= k <= s.t[-1] and np.hypot(s.x[(k - s.t[0]) // 10], s.y[(k - s.t[0]) // 10])
                   < 70) for k in range(3600, int(until), 7200)] or [0]
    rows = [{"kind": i["kind"], "mmsis": sorted({s.mmsi for s in i["ships"]}), "rules": i["rules"],
             "visible_s": i["visible_s"] + EPOCH, "event_s": None if i["event_s"] is None else i["event_s"] + EPOCH,
             "until_s": i["until_s"] + EPOCH} for i in scripted]
    for row, i in zip(rows, scripted):
        # Where radar sees the vessel and AIS does not say so: alerts of its track have no number.
        if a.radar:
            ship = i["ships"][0]
            row["path"] = [(int(ship.t[k]) + EPOCH, *sea.place(float(ship.x[k]), float(ship.y[k])))
                           for k in range(0, len(ship.t), 6)]
    with open(os.path.join(folder, "incidents.json"), "w", encoding="utf-8") as f:
        json.dump(rows, f, indent=1)
    said = (f"{a.hours:g} h, seed {a.seed}, day {day + 1}: {count} messages of {len(t.ships)} voyages, {np.mean(at_once):.0f} vessels in range "
          f"at once, {len(rows)} incidents; {t.refused} voyages found no way clear of others")
    return said, rows


def run(program, rules, folder, with_radar):
    out = os.path.join(folder, os.path.basename(rules) + ".json")
    command = [program, "rules", "test", rules, "--on", os.path.join(folder, "ais.nmea"), "--json", out]
    if with_radar:
        # Plots as text have no size: every dark vessel is told of, whatever its length.
        with open(rules, encoding="utf-8") as f:
            text = f.read().replace('kind = "dark_vessel"\nlength_min_m = 45', 'kind = "dark_vessel"\nlength_min_m = 0')
        command[3] = os.path.join(folder, "rules.toml")
        with open(command[3], "w", encoding="utf-8") as f:
            f.write(text)
        command += ["--on", os.path.join(folder, "plots.csv"), "--origin", f"{sea.LATITUDE},{sea.LONGITUDE}"]
    done = subprocess.run(command,
                          check=True, capture_output=True, text=True)
    with open(out, encoding="utf-8") as f:
        return json.load(f), [l for l in done.stdout.splitlines() if "x real time" in l or l.startswith("rules:")]


def is_about(alert, row):
    """Of a vessel that nobody knows by number: the alert is within a mile of where it then is."""
    path = row.get("path")
    if path is None or not path[0][0] <= alert["time_s"] <= path[-1][0]:
        return False
    t, lat, lon = zip(*path)
    north = (np.interp(alert["time_s"], t, lat) - alert["latitude_deg"]) * sea.M_PER_DEG_LAT
    east = (np.interp(alert["time_s"], t, lon) - alert["longitude_deg"]) * sea.M_PER_DEG_LON
    return np.hypot(east, north) < 1852.0


def score(rows, alerts, hours):
    """An incident is found by a rule that is made for its kind; a collision by an alert of both ships."""
    of_ship = collections.defaultdict(list)
    for i, row in enumerate(rows):
        for m in row["mmsis"]:
            of_ship[m].append(i)
    found, stray = {}, []
    for a in sorted(alerts, key=lambda x: x["time_s"]):
        belongs = False
        for m in {s["mmsi"] for s in a["subjects"]}:
            for i in of_ship.get(m, []) if m is not None else [k for k, row in enumerate(rows) if is_about(a, row)]:
                row = rows[i]
                if not row["visible_s"] - MARGIN_S <= a["time_s"] <= row["until_s"] + MARGIN_S:
                    continue
                belongs = True
                if a["rule"] not in row["rules"] or (row["kind"].startswith("collision") and
                                                     not set(row["mmsis"]) <= {s["mmsi"] for s in a["subjects"]}):
                    continue
                found.setdefault(i, a["time_s"])
        if not belongs:
            stray.append(a)
    kinds = {}
    for i, row in enumerate(rows):
        k = kinds.setdefault(row["kind"], {"count": 0, "found": 0, "delay": [], "lead": []})
        k["count"] += 1
        if i in found:
            k["found"] += 1
            k["delay"].append(found[i] - row["visible_s"])
            if row["event_s"] is not None:
                k["lead"].append(row["event_s"] - found[i])
    return {"kinds": kinds, "found_pct": 100 * len(found) / max(len(rows), 1), "stray": stray,
            "stray_an_hour": len(stray) / hours, "an_hour": len(alerts) / hours,
            "missed": [r for i, r in enumerate(rows) if i not in found]}


def merged(scores):
    """Of several days as one."""
    out = {"kinds": {}, "stray": [], "missed": [], "count": 0}
    for s in scores:
        for kind, k in s["kinds"].items():
            into = out["kinds"].setdefault(kind, {"count": 0, "found": 0, "delay": [], "lead": []})
            for key in into:
                into[key] = into[key] + k[key]
            out["count"] += k["count"]
        out["stray"] += s["stray"]
        out["missed"] += s["missed"]
    out["found_pct"] = 100 - 100 * len(out["missed"]) / max(out["count"], 1)
    for key in ("stray_an_hour", "an_hour"):
        out[key] = sum(s[key] for s in scores) / len(scores)
    return out


def one_day(job):
    """Made, run and kept in a folder of its own: what is said of it, incidents, alerts and speeds by rules file."""
    a, files, day, folder = job
    folder = os.path.join(folder, f"day{day + 1}")
    os.makedirs(folder, exist_ok=True)
    said, rows = generate(a, day, folder)
    runs = [run(a.headland, rules, folder, a.radar) for rules in files]
    if not a.keep:
        for name in ("ais.nmea", "plots.csv"):
            if os.path.exists(os.path.join(folder, name)):
                os.remove(os.path.join(folder, name))
    return said, rows, [alerts for alerts, _ in runs], [speed for _, speed in runs]


def minutes(values):
    if not values:
        return "—"
    v = sorted(values)
    return f"{v[len(v) // 2] / 60:.1f} ({v[0] / 60:.1f} to {v[-1] / 60:.1f})"


def table(results):
    """results: (name, score) for each rules file."""
    lines = ["| incident | how many | " + " | ".join(f"found by {n} | delay, min | before the harm, min" for n, _ in results) + " |",
             "|---|---|" + "---|" * (3 * len(results))]
    for kind in results[0][1]["kinds"]:
        cells = []
        for _, s in results:
            k = s["kinds"][kind]
            cells += [f"{k['found']}", minutes(k["delay"]), minutes(k["lead"])]
        lines.append(f"| {kind} | {results[0][1]['kinds'][kind]['count']} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--headland")
    p.add_argument("--days", type=int, default=5)
    p.add_argument("--hours", type=float, default=24.0)
    p.add_argument("--incidents", type=int, default=40)
    p.add_argument("--jobs", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--rules", nargs="*")
    p.add_argument("--keep")
    p.add_argument("--least", type=float)
    p.add_argument("--most-false", type=float)
    p.add_argument("--most", type=float)
    p.add_argument("--markdown")
    p.add_argument("--quick", action="store_true")
    p.add_argument("--radar", action="store_true")
    p.add_argument("--zones", action="store_true")
    a = p.parse_args()
    if a.zones:
        print(sea.zones_toml(), end="")
        return 0
    files = a.rules or [os.path.join(RULES, "strait.toml"), os.path.join(RULES, "naive.toml")]
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ProcessPoolExecutor(a.jobs) as pool:
        days = list(pool.map(one_day, [(a, files, day, a.keep or work) for day in range(a.days)]))
    results = []
    for k, rules in enumerate(files):
        s = merged([score(rows, alerts[k], a.hours) for _, rows, alerts, _ in days])
        results.append((os.path.basename(rules), s))
        print(f"\n{rules}: found {s['found_pct']:.1f} % of {s['count']}; {s['an_hour']:.2f} alerts an hour, "
              f"{s['stray_an_hour']:.2f} of no incident: {dict(collections.Counter(x['rule'] for x in s['stray']))}")
        for m in s["missed"][:40]:
            print(f"  missed: {m['kind']} {m['mmsis']} from {m['visible_s'] - EPOCH:.0f} s")
        for x in s["stray"][:120] if k == 0 else []:
            print(f"  of no incident: {x['time_s'] - EPOCH:.0f} s {x['rule']}: {x['text']}")
    for said, _, _, speeds in days:
        print(said)
        print("\n".join("  " + os.path.basename(f) + ": " + l for f, lines in zip(files, speeds) for l in lines))
    print("\n" + table(results))
    if a.markdown:
        with open(a.markdown, "w", encoding="utf-8") as f:
            f.write(table(results))
    first = results[0][1]
    ok = (a.least is None or first["found_pct"] >= a.least) and \
        (a.most_false is None or first["stray_an_hour"] <= a.most_false) and (a.most is None or first["an_hour"] <= a.most)
    if not ok:
        print("a limit is missed")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
