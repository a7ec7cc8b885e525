#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare our AIS messages with those of gpsdecode, field by field.

usage: compare.py AIS_JSON DATA_FOLDER [FILE...]

Every recording of DATA_FOLDER/ais and DATA_FOLDER/nmea (or the FILEs) goes
through `gpsdecode -u -s` and through our decoder (the program ais_json, which
writes the same form). All messages are put side by side in their order. Each difference must have a reason from the list
below, whose rule is checked on the message itself; one without makes the test
fail. Then our decoder's messages are encoded again, and gpsdecode must read
from these sentences what it read from the recording; so are the contents of
application messages compared, which Headland keeps as bits.

Exit code 77 (skipped) without gpsdecode or recordings.
"""

import collections
import gzip
import json
import os
import shutil
import subprocess
import sys

# Fields of gpsdecode that are no fields of the message, or spare bits, which Headland does not keep.
NOT_COMPARED = {"class", "device", "scaled", "reserved"}
SPARE = {9: {"regional"}, 18: {"regional"}, 19: {"regional"}}

# Reasons for a difference in one field: (name, sentence, rule(field, theirs, ours, their message)).
FIELD_REASONS = [
    ("off_the_globe", "a position beyond 180 or 90 degrees: absent in Headland",
     lambda f, t, o, m: f in ("lon", "lat") and off_globe(m)),
    ("reserved_value", "a value that the standard reserves: absent in Headland",
     lambda f, t, o, m: (f == "course" and (t > 3600 or (m["type"] == 27 and 360 <= t < 511)))
     or (f == "heading" and 360 <= t < 511)),
    ("reserved_calendar", "a month, day or time that no calendar has: absent in Headland",
     lambda f, t, o, m: f in ("eta", "timestamp") and calendar_but_for_reserved(t, o)),
    ("area_off_the_globe", "a corner beyond 180 or 90 degrees: absent in Headland",
     lambda f, t, o, m: f[:3] in ("ne_", "sw_") and corner_off_globe(m, f[:3])),
    ("spare_behind_last_block", "spare bits behind the last whole reservation or receipt, read as a further one",
     lambda f, t, o, m: o == 0 and ((m["type"] == 20 and f[:6] == "offset" and block_is_empty(m, f[6]))
                                    or (m["type"] in (7, 13) and f[:4] == "mmsi" and t % 64 == 0))),
    ("gpsdecode_reads_no_state", "the communication state of type 26, which gpsdecode gives as 0",
     lambda f, t, o, m: f == "radio" and m["type"] == 26 and t == 0),
    ("no_communication_state", "a message cut before its communication state: absent in Headland",
     lambda f, t, o, m: f == "radio" and o == -1),
]


def off_globe(message):
    unit = 600 if message["type"] == 27 else 600000
    lon, lat = abs(message["lon"]), abs(message["lat"])
    return lon > 180 * unit or lat > 90 * unit


def corner_off_globe(message, corner):
    return abs(message[corner + "lon"]) > 180 * 600 or abs(message[corner + "lat"]) > 90 * 600


def block_is_empty(message, number):
    return all(message[name + number] == 0 for name in ("number", "timeout", "increment"))


def bits_of(data):
    """The bits of "count:hex"; gpsdecode leaves what follows in the last byte."""
    count, digits = data.split(":")
    return "".join(f"{int(d, 16):04b}" for d in digits)[:int(count)]


def same_slot_contents(t, o):
    """Application and data of types 25 and 26. M.1371-5 has two spare bits behind a destination and four before
    the communication state, which gpsdecode takes for contents."""
    def contents(m):
        return (f"{m['app_id']:016b}" if m["structured"] else "") + bits_of(m["data"])
    theirs = contents(t)[2 if t["addressed"] else 0:]
    return (theirs[:-4] if t["type"] == 26 else theirs) == contents(o)


def parts_of(text):
    """Numbers of "MM-DDThh:mmZ" or "YYYY-MM-DDThh:mm:ssZ"."""
    date, clock = text.rstrip("Z").split("T")
    return [int(x) for x in date.split("-")] + [int(x) for x in clock.split(":")]


def calendar_but_for_reserved(theirs, ours):
    t, o = parts_of(theirs), parts_of(ours)
    limits = [(1, 9999, 0), (1, 12, 0), (1, 31, 0), (0, 23, 24), (0, 59, 60), (0, 59, 60)]
    limits = limits[1:5] if len(t) == 4 else limits
    return all(a == b or (not low <= a <= high and b == none)
               for a, b, (low, high, none) in zip(t, o, limits))


# Reasons for a message that only gpsdecode has.
def only_theirs_reason(m):
    if not 0 < m["mmsi"] <= 999999999:
        return "impossible_mmsi"
    return None


def run(command, data):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def messages(text):
    out = []
    for line in text.decode("utf-8", "replace").splitlines():
        if not line.startswith('{"class":"AIS"'):
            continue
        m = json.loads(line, strict=False)
        if "data" in m:
            bits = bits_of(m["data"])
            digits = f"{int(bits.ljust(-(-len(bits) // 8) * 8, '0') or '0', 2):0{-(-len(bits) // 8) * 2}x}" if bits else ""
            m["data"] = f"{len(bits)}:{digits}"
        # Even with -s a part B whose part A was met comes joined with it.
        if m["type"] == 24 and "part" not in m:
            m["part"] = "B"
            del m["shipname"]
        out.append({k: v for k, v in m.items() if not k.endswith("_text")})
    return out


def align(theirs, ours, window=60):
    """Pairs in order; (message, None) and (None, message) where one side has no partner."""
    def key(m):
        return (m["type"], m["mmsi"], m["repeat"])
    i = j = 0
    while i < len(theirs) or j < len(ours):
        if i < len(theirs) and j < len(ours) and key(theirs[i]) == key(ours[j]):
            yield theirs[i], ours[j]
            i, j = i + 1, j + 1
            continue
        best = None
        for skip in range(1, window):
            for a in range(skip + 1):
                b = skip - a
                if i + a < len(theirs) and j + b < len(ours) and key(theirs[i + a]) == key(ours[j + b]):
                    best = (a, b)
                    break
            if best:
                break
        a, b = best or (len(theirs) - i, len(ours) - j)
        for k in range(a):
            yield theirs[i + k], None
        for k in range(b):
            yield None, ours[j + k]
        i, j = i + a, j + b


def field_differences(t, o):
    skip = NOT_COMPARED | SPARE.get(t["type"], set())
    for f in sorted(set(t) | set(o)):
        if f not in skip and t.get(f) != o.get(f):
            yield f, t.get(f), o.get(f)


def reason_of(f, t, o, message):
    for name, _, rule in FIELD_REASONS:
        try:
            if rule(f, t, o, message):
                return name
        except (TypeError, ValueError, KeyError):
            continue
    return None


def compare(theirs, ours, read_back):
    """Counts by reason, and texts of what has none. `read_back`: by our message, what gpsdecode reads from it."""
    reasons, unexplained = collections.Counter(), []
    for t, o in align(theirs, ours):
        if t is None or o is None:
            reason = None if t is None else only_theirs_reason(t)
            if reason:
                reasons["only gpsdecode: " + reason] += 1
            else:
                unexplained.append(("only ours " if t is None else "only gpsdecode ") + str(o or t))
            continue
        reasons[f"compared, type {t['type']:2d}"] += 1
        if "data" in o and "data" not in t:
            back = read_back.get(id(o))
            if back == t:
                reasons["application: its contents are kept as bits; encoded again gpsdecode reads the same"] += 1
                continue
        slots = t["type"] in (25, 26) and same_slot_contents(t, o)
        for f, a, b in field_differences(t, o):
            reason = "spare_bits_of_m1371_5" if slots and f in ("app_id", "data") else reason_of(f, a, b, t)
            if reason:
                reasons[f"{f}: {reason}"] += 1
            else:
                unexplained.append(f"{f}: gpsdecode {a!r}, ours {b!r} in {t}")
    return reasons, unexplained


def recordings(folder):
    for sub in ("ais", "nmea"):
        path = os.path.join(folder, sub)
        if os.path.isdir(path):
            for name in sorted(os.listdir(path)):
                if ".csv" not in name:
                    yield os.path.join(path, name)


def check(program, path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as f:
        data = f.read() + b"\n"  # gpsdecode leaves out a last line without an end
    theirs = messages(run(["gpsdecode", "-u", "-s"], data).stdout)
    own = run([program], data)
    if own.returncode != 0:
        return 0, [f"{program} failed: {own.stderr.decode()}"]
    ours = messages(own.stdout)
    back = messages(run(["gpsdecode", "-u", "-s"], run([program, "--encode"], data).stdout).stdout)
    read_back, lost = {}, []
    for t, o in align(back, ours):
        if t is None or o is None:
            lost.append(f"encoded: only {'ours' if t is None else 'gpsdecode'} {t or o}")
            continue
        read_back[id(o)] = t
        if "data" in o and "data" not in t:
            continue  # compare() looks at what gpsdecode read from the recording
        slots = t["type"] in (25, 26) and same_slot_contents(t, o)
        lost += [f"encoded {f}: gpsdecode {a!r}, ours {b!r} in {o}" for f, a, b in field_differences(t, o)
                 if not (f == "radio" and (b == -1 or t["type"] == 26)) and not (slots and f in ("app_id", "data"))]
    reasons, unexplained = compare(theirs, ours, read_back)
    print(f"{os.path.basename(path)}: gpsdecode {len(theirs)}, ours {len(ours)}")
    for reason, count in sorted(reasons.items()):
        print(f"  {count:6d} {reason}")
    print(f"  {len(back):6d} encoded by us and read back by gpsdecode")
    return len(theirs), unexplained + lost


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    paths = sys.argv[3:] or list(recordings(sys.argv[2]))
    if not shutil.which("gpsdecode") or not paths:
        print("skipped: no gpsdecode, or no recordings in", sys.argv[2])
        sys.exit(77)
    total, bad = 0, 0
    for path in paths:
        count, unexplained = check(sys.argv[1], path)
        total += count
        bad += len(unexplained)
        for line in unexplained[:10]:
            print("  NO REASON", line)
        if len(unexplained) > 10:
            print(f"  and {len(unexplained) - 10} more")
    print(f"{total} messages of gpsdecode compared; without a reason: {bad}")
    sys.exit(1 if bad or total == 0 else 0)


if __name__ == "__main__":
    main()
