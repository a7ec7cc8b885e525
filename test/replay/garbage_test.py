# SPDX-License-Identifier: Apache-2.0
"""Rubbish at the ports of a running station: counted by reason in /metrics, and nothing else happens.
Usage: garbage_test.py HEADLAND"""

import random
import socket
import sys

from rig import Rig, check, wait_until


def checksum(body):
    value = 0
    for c in body:
        value ^= ord(c)
    return f"{value:02X}"


def sentence(body, start="!"):
    return f"{start}{body}*{checksum(body)}\r\n".encode()


def cat240(sequence, azimuth, cells=b"\x10" * 512, compressed=False, resolution=4, duration=66_666_667, valid=None):
    """One video message of edition 1.3: 010, 000, 020, 041, 048, 049, 051 (data of medium volume)."""
    padded = cells + bytes(-len(cells) % 64)
    record = bytes([0b11100111, 0b10100000, 0, 1, 2])  # 010 000 020 041 048 FX | 049 051
    record += sequence.to_bytes(4, "big")
    record += azimuth.to_bytes(2, "big") + ((azimuth + 128) % 65536).to_bytes(2, "big")
    record += (0).to_bytes(4, "big") + duration.to_bytes(4, "big")
    record += bytes([0x80 if compressed else 0, resolution])
    record += len(cells).to_bytes(2, "big") + (len(cells) if valid is None else valid).to_bytes(3, "big")
    record += bytes([len(padded) // 64]) + padded
    return bytes([240]) + (len(record) + 3).to_bytes(2, "big") + record


def ais_bits(*fields):
    bits = "".join(format(value & ((1 << width) - 1), f"0{width}b") for value, width in fields)
    bits += "0" * (-len(bits) % 6)
    values = [int(bits[i:i + 6], 2) for i in range(0, len(bits), 6)]
    return "".join(chr(v + 48 if v < 40 else v + 56) for v in values)


def position_report(mmsi, lon_deg, lat_deg):
    return ais_bits((1, 6), (0, 2), (mmsi, 30), (0, 4), (0, 8), (50, 10), (0, 1), (round(lon_deg * 600000), 28),
                    (round(lat_deg * 600000), 27), (900, 12), (90, 9), (30, 6), (0, 2), (0, 3), (0, 1), (0, 19))


def bad_video(chance):
    good = cat240(1, 0)
    yield b""
    yield from (chance.randbytes(n) for n in (1, 2, 3, 17, 512, 8000, 65507))
    yield from (bytes([240]) + chance.randbytes(n) for n in (1, 30, 1400))
    yield from (good[:n] for n in (1, 2, 3, 5, 12, 20, 30, 100, len(good) - 1))  # truncated
    yield good[:1] + b"\xff\xff" + good[3:]  # lengths that lie
    yield good[:1] + b"\x00\x00" + good[3:]
    yield good[:1] + b"\x00\x03" + good[3:]
    yield good[:1] + (len(good) - 40).to_bytes(2, "big") + good[3:]
    yield good + b"\x00" * 5
    yield bytes([48]) + good[1:]  # another category
    yield cat240(2, 128, compressed=True)
    yield cat240(3, 256, resolution=0)
    yield cat240(4, 384, resolution=7)
    yield cat240(5, 512, duration=0)
    yield cat240(6, 640, valid=100_000)
    for _ in range(200):  # bits turned in what was good
        broken = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        yield bytes(broken)


def bad_text(chance):
    good = sentence(f"AIVDM,1,1,,A,{position_report(298000001, 121.1, 13.6)},0")
    yield b""
    yield from (chance.randbytes(n) for n in (1, 2, 80, 1400, 65507))
    yield from (good[:n] for n in range(1, len(good) - 2, 3))
    yield good.replace(b"*", b"*F")[:-3] + b"\r\n"
    yield good[:20] + b"~" + good[21:]
    yield b"!" * 65000
    yield b"!AIVDM," * 9000
    yield b"\\s:x,c:99999999999999999999*00\\" + good
    yield sentence("AIVDM,2,1,3,A,55P5TL01VIaAL@7WKO@mBplU@<PDhh000000001S,0")  # its second part never comes
    yield from (sentence(f"AIVDM,{n},{k},,A,0,0") for n, k in ((0, 0), (9, 10), (99, 1), (2, 3)))
    yield sentence("AIVDM,1,1,,A,,0")
    yield sentence("AIVDM,1,1,,A,z,9")
    yield sentence(f"AIVDM,1,1,,A,{position_report(298000002, 200.0, 13.6)},0")  # impossible positions
    yield sentence(f"AIVDM,1,1,,A,{position_report(298000003, 121.0, 95.0)},0")
    yield sentence("GPGGA,120000,9999.99,N,99999.99,E,1,8,1.0,10,M,0,M,,", "$")
    yield sentence("HEHDT,721.0,T", "$")
    yield sentence("HEHDT,nan,T", "$")
    yield sentence("GPRMC,999999,A,,,,,999,999,999999,,", "$")
    for _ in range(200):
        broken = bytearray(good)
        broken[chance.randrange(len(broken))] = chance.randrange(256)
        yield bytes(broken)


def rejected(metrics, source):
    return {name: value for name, value in metrics.items()
            if name.startswith("headland_rejected_total") and f'source="{source}"' in name}


def main(headland):
    chance = random.Random(2)
    with Rig(headland) as rig:
        rig.start_station()
        rig.start_simulator()
        wait_until(lambda: len(rig.confirmed()) >= 3, what="confirmed tracks")
        before = rig.metrics()
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        videos, texts = list(bad_video(chance)), list(bad_text(chance))
        for video in videos:
            sender.sendto(video, ("127.0.0.1", rig.video))
        for text in texts:
            sender.sendto(text, ("127.0.0.1", rig.ais))
        wait_until(lambda: rig.metrics()['headland_datagrams_total{source="ais"}'] >=
                   before['headland_datagrams_total{source="ais"}'] + len(texts), what="all text")
        # Counters follow at the next sector and tick.
        wait_until(lambda: len(rejected(rig.metrics(), "matoco")) >= 5, what="rejected video by reason")
        wait_until(lambda: len(rejected(rig.metrics(), "nmea")) >= 4, what="rejected text by reason")
        reasons = rig.metrics()
        for source in ("matoco", "nmea"):
            for name, value in sorted(rejected(reasons, source).items()):
                print(f"{value:6.0f} {name}")
        # It goes on: turns, messages, tracks, health.
        turns, heard = ('headland_turns_total{radar="matoco"}', "headland_ais_messages_total")
        wait_until(lambda: rig.metrics()[turns] >= reasons[turns] + 2, what="further turns")
        wait_until(lambda: rig.metrics()[heard] > reasons[heard], what="further AIS messages")
        check(rig.station.poll() is None, "the station ended")
        check(len(rig.confirmed()) >= 3, "the tracks are gone")
        for track in rig.picture().values():
            lon, lat = track["at"]
            check(-180 <= lon <= 180 and -90 <= lat <= 90, f"an impossible position is shown: {track}")
        check(rig.get("/healthz").startswith('{"status":"ok"'), "not healthy")
        check(rig.end(rig.station) == 0, "the station did not stop cleanly")
        one = rig.replay("one", rig.journal, "--threads", 1)
        two = rig.replay("two", rig.journal, "--threads", 2)
        check(one[:2] == two[:2], "the journal with rubbish in it replays differently")
        check(one[2]["plots_differ"] + one[2]["checkpoints_differ"] == 0, "it replays differently from the live run")


if __name__ == "__main__":
    main(sys.argv[1])
