# SPDX-License-Identifier: Apache-2.0
"""Ordinary traffic in the strait: who gives no reason for an alert. Mariners keep clear: a voyage that would come nearer
to another than they allow is changed (a dogleg, another place in the lane, another speed, a later start)."""
import math

import numpy as np

import sea
from sea import Ship

CLEAR_M = 600.0  # ships
CLEAR_SMALL_M = 150.0  # where one is small
CLEAR_LYING_M = 350.0
SWING_KM = 0.26  # twice the longest chain of those at anchor


class Traffic:
    """All voyages that were accepted, and who would be too near whom."""

    def __init__(self, random, until_s):
        self.random, self.until = random, until_s
        self.ships = []
        self.next_mmsi = 201_000_001
        self.refused = 0

    def mmsi(self):
        self.next_mmsi += 1
        return self.next_mmsi

    def _clear_m(self, a, b):
        small = (a.length < 50) + (b.length < 50)
        if small == 2 or a.service or b.service:
            return 0.0
        if small == 1:
            return CLEAR_SMALL_M
        return CLEAR_M

    def fits(self, ship, partners=()):
        for other in self.ships:
            need = self._clear_m(ship, other)
            if need == 0.0 or other in partners or other.t[0] > ship.t[-1] or other.t[-1] < ship.t[0]:
                continue
            first, last = max(ship.t[0], other.t[0]), min(ship.t[-1], other.t[-1])
            i, j = (first - ship.t[0]) // sea.STEP_S, (first - other.t[0]) // sea.STEP_S
            n = (last - first) // sea.STEP_S + 1
            s, o = slice(i, i + n, 2), slice(j, j + n, 2)
            d2 = (ship.x[s] - other.x[o]) ** 2 + (ship.y[s] - other.y[o]) ** 2
            k = int(d2.argmin())
            if ship.sog[s][k] < 1.0 and other.sog[o][k] < 1.0:
                continue
            if ship.sog[s][k] < 1.0 or other.sog[o][k] < 1.0:
                need = min(need, CLEAR_LYING_M)
            if d2[k] < (need / 1000) ** 2:
                return False
        return True

    def add(self, ship):
        self.ships.append(ship)
        return ship

    def try_add(self, make, attempts=30):
        """make(attempt) gives a voyage; the first that keeps clear of all is taken."""
        for attempt in range(attempts):
            ship = make(attempt)
            if len(ship.t) > 2 and self.fits(ship):
                return self.add(ship)
        self.refused += 1
        return None


def merchant(traffic, length=None):
    r = traffic.random
    kind = int(r.choice([70, 70, 70, 80, 80, 60]))
    length = float(length or r.uniform(90, 330))
    return Ship(traffic.mmsi(), kind, length, draught=round(4 + length / 40 * r.uniform(0.6, 1.1), 1))


def lane_way(eastbound, offset, wander):
    line = sea.beside(sea.EAST_LANE if eastbound else sea.WEST_LANE, offset)
    (x0, y0), (x1, y1), (x2, y2) = line
    return [(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 + wander), (x1, y1), ((x1 + x2) / 2, (y1 + y2) / 2 - wander), (x2, y2)]


def lane_traffic(traffic, headway_s):
    r = traffic.random
    for eastbound in (True, False):
        t = -8 * 3600.0
        while t < traffic.until:
            t += r.exponential(headway_s - 180) + 180
            ship = merchant(traffic)

            def make(attempt):
                speed = r.normal(12.5, 1.6 if attempt < 15 else 0.6)
                way = lane_way(eastbound, r.uniform(-1.4, 1.4), r.uniform(-0.15, 0.15))
                return ship.copy().go(t + attempt * 25, way, min(max(speed, 8.5), 17.0))
            traffic.try_add(make)


def to_port(traffic, how_many):
    """From the west in the eastbound lane to the south port, or from the east in the westbound one to the north port."""
    r = traffic.random
    for _ in range(how_many):
        ship = merchant(traffic, r.uniform(80, 180))
        south = r.random() < 0.5
        t = r.uniform(-6 * 3600, traffic.until)

        def make(attempt):
            o = r.uniform(0.6, 1.5)
            speed = r.uniform(10, 13)
            if south:
                way = sea.beside(sea.EAST_LANE, o)
                way = [way[0], (-40, way[0][1] + (way[1][1] - way[0][1]) * 55 / 95), (-20, -9), (-9.5, -14), (-8, -18.6)]
            else:
                way = sea.beside(sea.WEST_LANE, o)
                way = [way[0], (18, way[0][1] + (way[1][1] - way[0][1]) * 77 / 95), (-1, 8.5), (-17, 12), (-20, 18.4)]
            return ship.copy().go(t + attempt * 400, way, [speed, speed, speed - 2, 6])
        placed = traffic.try_add(make)
        if placed is not None:
            placed.then(placed.copy().lie(placed.t[-1], placed.t[-1] + r.uniform(2, 12) * 3600, placed.x[-1], placed.y[-1],
                                          5, r))


def ferries(traffic):
    r = traffic.random
    lines = [((-20, 18.2), (-8, -18.2), 3), ((24, 18.2), (28, -18.2), 3)]
    for north, south, boats in lines:
        for boat in range(boats):
            ship = Ship(traffic.mmsi(), 60, 140.0, draught=6.0)
            t, down = boat * 3600.0 - 3 * 3600, boat % 2 == 0
            while t < traffic.until:
                a, b = (north, south) if down else (south, north)

                def make(attempt):
                    # Square across the lanes; one that would meet a ship goes a little to one side, early.
                    x = 0.5 * (north[0] + south[0]) + (0 if attempt == 0 else r.uniform(-2.5, 2.5))
                    u, w = (9.5, -10.5) if down else (-10.5, 9.5)
                    skew = 0.0 if attempt == 0 else r.uniform(-1.5, 1.5)
                    way = [a, (x, u), (x + skew, w), b]
                    return ship.copy().go(t + 60 * attempt, way, r.uniform(15, 19))
                trip = traffic.try_add(make, 40)
                if trip is None:
                    t += 1800
                    continue
                stay = r.uniform(1500, 2400)
                trip.then(trip.copy().lie(trip.t[-1] + 1, trip.t[-1] + stay, trip.x[-1], trip.y[-1], 5, r))
                t = float(trip.t[-1]) + sea.STEP_S
                down = not down


def lying(traffic):
    r = traffic.random
    for name, (x, y, radius) in sea.ANCHORAGES.items():
        taken = []
        while len(taken) < (26 if "south" in name else 18):
            a, d = r.uniform(0, 2 * math.pi), radius * math.sqrt(r.uniform(0, 0.85))
            p = (x + d * math.sin(a), y + d * math.cos(a))
            if all(math.dist(p, q) > 0.45 for q in taken):
                taken.append(p)
                traffic.add(merchant(traffic).lie(0, traffic.until, *p, 1, r, swing_m=r.uniform(40, 130)))
    for name, (x, y) in sea.PORTS.items():
        for _ in range(22):
            ship = merchant(traffic, r.uniform(60, 200))
            silent = r.random() < 0.15  # who does not say that it is moored
            traffic.add(ship.lie(0, traffic.until, x + r.uniform(-1, 1), y + math.copysign(r.uniform(0, 0.9), y),
                                 0 if silent else 5, r))


def passes_clear(a, b, places):
    """The way from a to b keeps clear of ships that lie there, their swinging circles included."""
    if not len(places):
        return True
    d = np.subtract(b, a)
    along = np.clip((places - a) @ d / max(d @ d, 1e-9), 0, 1)
    return np.hypot(*(places - a - along[:, None] * d).T).min() > CLEAR_SMALL_M / 1000 + SWING_KM


def wandering(traffic, ship, x, y, width, height, speed, status, stops=0.0):
    """To and fro in a box for all the time, clear of who lies there."""
    r = traffic.random
    lying_there = np.array([] if ship.service else [(s.x[0], s.y[0]) for s in traffic.ships if s.sog.max() < 1.0])

    def place():
        return x + r.uniform(-0.5, 0.5) * width, y + r.uniform(-0.5, 0.5) * height
    way, hours = [place()], 0.0
    speeds = []
    while hours < traffic.until / 3600 + 1:
        to = place()
        for _ in range(30):
            if passes_clear(way[-1], to, lying_there):
                break
            to = place()
        way.append(to)
        speeds.append(0.6 if r.random() < stops else max(1.5, r.normal(speed, 0.15 * speed)))
        hours += math.dist(way[-1], way[-2]) * 1000 / (speeds[-1] * sea.KNOT) / 3600
    return traffic.add(ship.go(-r.uniform(0, 3000), way, speeds, status))


def small_craft(traffic):
    r = traffic.random
    for _ in range(24):
        says = r.random() < 0.8
        wandering(traffic, Ship(traffic.mmsi(), 30, r.uniform(14, 35), 3.0), *sea.FISHING, 3.2, 7 if says else 0, 0.1)
    for i in range(40):
        y = 15.8 if i % 2 else -16.5
        x = r.uniform(-5, 20) if i % 2 else r.uniform(-30, 10)
        kind = 36 if i % 3 else 37
        wandering(traffic, Ship(traffic.mmsi(), kind, r.uniform(7, 16), class_b=True), x, y, 12, 3.0, 5.0, 0, 0.1)
    for i in range(3):  # pilots, out to ships in both lanes and back
        wandering(traffic, Ship(traffic.mmsi(), 50, 18, 2.0, service=True), -8 + 3 * i, -12, 10, 12, 16, 0, 0.3)
    for i in range(4):
        wandering(traffic, Ship(traffic.mmsi(), 33, 45, 3.0, service=True), -22 + 14 * i, 17, 3, 1.6, 3, 3, 0.4)
    for i in range(2):
        wandering(traffic, Ship(traffic.mmsi(), 55, 60, 2.5, service=True), -20 + 40 * i, 0, 50, 24, 11, 0, 0.1)


def tugs(traffic):
    """A tug and what it tows, along the north coast; the tow has AIS of its own."""
    r = traffic.random
    t = -3600.0
    while t < traffic.until:
        tug, tow = Ship(traffic.mmsi(), 52, 32, 4.5, service=True), Ship(traffic.mmsi(), 90, 80, 4.0)
        y = r.uniform(10.6, 11.2)
        way = [(90, y), (0, y), (-90, y)]
        tug.go(t, way, 6.0, 12)
        tow.go(t + 450 / (6.0 * sea.KNOT), way, 6.0)
        if traffic.fits(tow):
            traffic.add(tug)
            traffic.add(tow)
        t += r.uniform(3, 5) * 3600


def coasters(traffic, headway_s):
    r = traffic.random
    for westward in (True, False):
        t = -5 * 3600.0
        while t < traffic.until:
            t += r.exponential(headway_s)
            ship = merchant(traffic, r.uniform(60, 110))
            ship.draught = round(float(r.uniform(2.5, 4.5)), 1)

            def make(attempt):
                y = r.choice([r.uniform(9.0, 9.8) if westward else r.uniform(7.6, 8.4),
                              r.uniform(-8.4, -7.8) if westward else r.uniform(-9.4, -8.9)])
                way = [(90, y), (-90, y)]
                return ship.copy().go(t + 60 * attempt, way if westward else way[::-1], r.uniform(8.5, 11))
            traffic.try_add(make)


def always_there(traffic):
    lying(traffic)
    small_craft(traffic)


def passing(traffic):
    """Who comes and goes: with those above about 300 in range at once."""
    ferries(traffic)
    lane_traffic(traffic, 820)
    to_port(traffic, int(traffic.until / 86400 * 24))
    coasters(traffic, 7200)
    tugs(traffic)
