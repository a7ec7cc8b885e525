# SPDX-License-Identifier: Apache-2.0
"""A strait that does not exist: its places, in kilometres east and north of its middle, and ships that follow ways."""
import math

import numpy as np

LATITUDE, LONGITUDE = 36.0, -30.0
KNOT = 1852.0 / 3600.0
STEP_S = 10
_S = math.sin(math.radians(LATITUDE))
_W = 1 - 6.69437999014e-3 * _S * _S
M_PER_DEG_LAT = math.radians(1) * 6378137.0 * (1 - 6.69437999014e-3) / _W ** 1.5
M_PER_DEG_LON = math.radians(1) * 6378137.0 / math.sqrt(_W) * math.cos(math.radians(LATITUDE))

EAST_LANE = [(-95, -5), (0, -3), (95, -5)]  # middle lines
WEST_LANE = [(95, 1), (0, 3), (-95, 1)]
LANE_WIDTH = 4.0
PORTS = {"north port": (-20, 19), "south port": (-8, -19), "ferry north": (24, 19), "ferry south": (28, -19)}
ANCHORAGES = {"south anchorage": (14, -14, 3.0), "north anchorage": (-36, 15, 2.0)}
FISHING = (-32, -14.5, 8, 5)  # middle, width, height
CABLE = [(-46, -19), (-43, 0), (-45, 19)]
PLATFORM = (34, 13.5, 1.0)
RESTRICTED = (40, -15, 5, 4)
SHOALS = {"south shoal": (2, -11, 3, 2, 4.0), "north shoal": (9, 10, 3, 2, 6.0)}
APPROACH = (-20, 15.5, 5, 4)
BASIN = (-22, 18.6, 1.0, 0.8)
NARROWS = (46, 15.5, 3, 5)
GATE = [(-4, 13), (3, 13)]
QUIET_BAY = (-29.5, 17, 3, 2.5)
RECEIVED_KM = (50.0, 82.0)  # from the middle: all reports up to here, none from there on


def place(x, y):
    return LATITUDE + y * 1000.0 / M_PER_DEG_LAT, LONGITUDE + x * 1000.0 / M_PER_DEG_LON


def box(x, y, width, height):
    return [(x - width / 2, y - height / 2), (x + width / 2, y - height / 2), (x + width / 2, y + height / 2),
            (x - width / 2, y + height / 2)]


def disc(x, y, radius):
    return [(x + radius * math.sin(a), y + radius * math.cos(a)) for a in np.arange(12) * math.pi / 6]


def zones():
    """(name, kind, points, further keys) of every zone of the rules file."""
    out = [("eastbound lane", "lane", EAST_LANE, f"width_m = {LANE_WIDTH * 1000:.0f}"),
           ("westbound lane", "lane", WEST_LANE, f"width_m = {LANE_WIDTH * 1000:.0f}"),
           ("cable", "cable", CABLE, ""), ("closed gate", "line", GATE, ""),
           ("platform", "point", [PLATFORM[:2]], f"radius_m = {PLATFORM[2] * 1000:.0f}"),
           ("firing area", "area", box(*RESTRICTED), ""), ("approach of the north port", "area", box(*APPROACH), ""),
           ("naval basin", "area", box(*BASIN), ""), ("narrows", "area", box(*NARROWS), ""),
           ("quiet bay", "area", box(*QUIET_BAY), ""), ("fishing ground", "fishing_ground", box(*FISHING), "")]
    out += [(n, "depth", box(*s[:4]), f"depth_m = {s[4]}") for n, s in SHOALS.items()]
    out += [(n, "anchorage", disc(*a), "") for n, a in ANCHORAGES.items()]
    out += [(n, "port", disc(*p, 1.5), "") for n, p in PORTS.items()]
    return out


def zones_toml():
    text = ""
    for name, kind, points, keys in zones():
        corners = ", ".join("[{:.5f}, {:.5f}]".format(*place(*p)) for p in points)
        text += f'[[zone]]\nname = "{name}"\nkind = "{kind}"\npoints = [{corners}]\n' + (keys + "\n" if keys else "") + "\n"
    return text


def beside(line, offset):
    """The line moved to its right by so many km (lines here bend little)."""
    out = []
    for i, (x, y) in enumerate(line):
        a, b = line[max(i - 1, 0)], line[min(i + 1, len(line) - 1)]
        length = math.hypot(b[0] - a[0], b[1] - a[1])
        out.append((x + offset * (b[1] - a[1]) / length, y - offset * (b[0] - a[0]) / length))
    return out


class Ship:
    """One voyage: where it is every ten seconds, and what it says of itself."""

    def __init__(self, mmsi, type_, length, draught=0.0, class_b=False, service=False):
        self.mmsi, self.type, self.length, self.draught = mmsi, type_, length, draught
        self.class_b, self.service = class_b, service
        self.imo = 9000000 + mmsi % 900000
        self.names = [(0, f"SHIP {mmsi % 100000}")]  # from when on
        self.every_s = 30 if class_b else 10
        self.silences = []  # (from, until)
        self.false_km, self.false_from = None, 0.0  # what AIS adds to the position, and from when on
        self.walk_kmps = None  # how fast what AIS says walks off from then on, for twenty minutes
        self.said_more_kn = 0.0  # what AIS adds to the speed from then on

    def go(self, t0, way, speeds_kn, status=0):
        """Along the way from t0 on; one speed, or one for each leg. Ends at its end."""
        legs = len(way) - 1
        speeds = [speeds_kn] * legs if np.isscalar(speeds_kn) else list(speeds_kn)
        at = [float(t0)]
        for i in range(legs):
            d = 1000 * math.hypot(way[i + 1][0] - way[i][0], way[i + 1][1] - way[i][1])
            at.append(at[-1] + d / (speeds[i] * KNOT))
        k0, k1 = math.ceil(at[0] / STEP_S), math.floor(at[-1] / STEP_S)
        self.t = np.arange(k0, k1 + 1) * STEP_S
        self.x = np.interp(self.t, at, [p[0] for p in way])
        self.y = np.interp(self.t, at, [p[1] for p in way])
        leg = np.clip(np.searchsorted(at, self.t, "right") - 1, 0, legs - 1)
        self.sog = np.array(speeds, float)[leg]
        course = [math.degrees(math.atan2(way[i + 1][0] - way[i][0], way[i + 1][1] - way[i][1])) for i in range(legs)]
        self.cog = np.array(course)[leg] % 360
        self.heading = self.cog.copy()
        self.status = np.full(len(self.t), status)
        return self

    def lie(self, t0, t1, x, y, status, random, swing_m=0.0):
        """At a berth, or at anchor with the bow to a slowly turning stream."""
        self.t = np.arange(math.ceil(t0 / STEP_S), math.floor(t1 / STEP_S) + 1) * STEP_S
        n = len(self.t)
        turn = np.radians(40 * np.sin(2 * np.pi * self.t / 44700.0 + random.uniform(0, 6)) + random.uniform(0, 360))
        self.x, self.y = x + swing_m / 1000 * np.sin(turn), y + swing_m / 1000 * np.cos(turn)
        self.sog = np.abs(random.normal(0.0, 0.08, n))
        self.cog = random.uniform(0, 360, n)
        self.heading = (np.degrees(turn) + 180) % 360
        self.status = np.full(n, status)
        return self

    def sail_away(self):
        """On from where the voyage ends, along the coast and out of range; in the lane, where it is in one."""
        x, y = float(self.x[-1]), float(self.y[-1])
        if abs(x) > 80 or (self.status[-1] != 0 and self.sog[-1] < 0.5):
            return
        go = 1 if self.cog[-1] < 180 else -1
        if abs(y) > 17:
            return  # in port
        if y < 0 and (y < -7.2 or go < 0):
            corridor = -8.6 if go > 0 else -8.1
        elif y > 0 and (y > 5.2 or go > 0):
            corridor = 12.2 if y > 9.5 else 8.0
        else:
            corridor = y
        way = [(x, y), (x + 5 * go, corridor if abs(corridor - y) < 5 else (corridor + y) / 2), (x + 12 * go, corridor),
               (95 * go, corridor)]
        end = self.t[-1]
        self.then(self.copy().go(end, [p for i, p in enumerate(way) if i == 0 or go * p[0] > go * way[i - 1][0]], 11.0))

    def then(self, other):
        """The other voyage's way after this one's, by the same ship."""
        after = other.t > self.t[-1]
        for f in ("t", "x", "y", "sog", "cog", "heading", "status"):
            setattr(self, f, np.concatenate([getattr(self, f), getattr(other, f)[after]]))
        return self

    def copy(self):
        return Ship(self.mmsi, self.type, self.length, self.draught, self.class_b, self.service)
