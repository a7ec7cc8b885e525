# SPDX-License-Identifier: Apache-2.0
"""AIS sentences (ITU-R M.1371-5) with a time in a tag block, many at once."""
import numpy as np

SIXBIT = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?"
ARMOUR = np.array([c + 48 if c < 40 else c + 56 for c in range(64)], np.uint8)
HEX = np.frombuffer(b"0123456789ABCDEF", np.uint8)


def text_bits(text, characters):
    value = 0
    for c in text.upper().ljust(characters, "@")[:characters]:
        value = value << 6 | SIXBIT.index(c)
    return value


def bits_of(fields, count):
    """fields: (value or array, width); rows of bits, filled up to whole characters."""
    columns = []
    for value, width in fields:
        v = np.broadcast_to(np.asarray(value, np.int64), (count,))
        columns.append((v[:, None] >> np.arange(width - 1, -1, -1)) & 1)
    bits = np.concatenate(columns, axis=1).astype(np.uint8)
    return np.pad(bits, ((0, 0), (0, -bits.shape[1] % 6)))


def armoured(bits):
    values = bits.reshape(len(bits), -1, 6) @ np.array([32, 16, 8, 4, 2, 1], np.uint8)
    return ARMOUR[values]


def with_sum(body, before, after):
    """before + body + '*' + checksum of the body + after."""
    total = np.bitwise_xor.reduce(body, axis=1)
    n = len(body)

    def wide(text):
        return np.broadcast_to(np.frombuffer(text, np.uint8), (n, len(text)))
    return np.concatenate([wide(before), body, wide(b"*"), HEX[total >> 4][:, None], HEX[total & 15][:, None],
                           wide(after)], axis=1)


def lines(times, payload):
    """One line for each time (whole seconds, ten digits) and row of payload."""
    n = len(times)
    digits = (np.asarray(times, np.int64)[:, None] // 10 ** np.arange(9, -1, -1) % 10 + 48).astype(np.uint8)
    tag = np.concatenate([np.broadcast_to(np.frombuffer(b"c:", np.uint8), (n, 2)), digits], axis=1)
    head = np.frombuffer(b"AIVDM,1,1,,A,", np.uint8)
    tail = np.frombuffer(b",0", np.uint8)
    body = np.concatenate([np.broadcast_to(head, (n, len(head))), payload, np.broadcast_to(tail, (n, 2))], axis=1)
    block = np.concatenate([with_sum(tag, b"\\", b"\\"), with_sum(body, b"!", b"\r\n")], axis=1)
    size = block.shape[1]
    data = block.tobytes()
    return [data[i * size:(i + 1) * size] for i in range(n)]


def position_lines(r):
    """r: a dict of arrays t, mmsi, lat, lon, sog_kn, cog, heading (511: none), status, class_b."""
    out = []
    for is_b in (False, True):
        pick = r["class_b"] == is_b
        n = int(pick.sum())
        if n == 0:
            continue
        t, mmsi = r["t"][pick], r["mmsi"][pick]
        lon = np.round(r["lon"][pick] * 600000).astype(np.int64) & (1 << 28) - 1
        lat = np.round(r["lat"][pick] * 600000).astype(np.int64) & (1 << 27) - 1
        sog = np.clip(np.round(r["sog_kn"][pick] * 10), 0, 1022).astype(np.int64)
        cog = np.round(r["cog"][pick] * 10).astype(np.int64) % 3600
        heading = r["heading"][pick].astype(np.int64)
        second = t % 60
        if is_b:
            fields = [(18, 6), (0, 2), (mmsi, 30), (0, 8), (sog, 10), (1, 1), (lon, 28), (lat, 27), (cog, 12),
                      (heading, 9), (second, 6), (0, 2), (1, 1), (0, 1), (1, 1), (1, 1), (0, 1), (0, 1), (0, 1), (0, 20)]
        else:
            fields = [(1, 6), (0, 2), (mmsi, 30), (r["status"][pick], 4), (128, 8), (sog, 10), (1, 1), (lon, 28),
                      (lat, 27), (cog, 12), (heading, 9), (second, 6), (0, 2), (0, 3), (0, 1), (0, 19)]
        out += zip(t.tolist(), lines(t, armoured(bits_of(fields, n))))
    return out


def checksum(text):
    total = 0
    for c in text.encode():
        total ^= c
    return f"{total:02X}"


def wide_payload(fields):
    bits = "".join(format(v, f"0{w}b") for v, w in fields)
    bits += "0" * (-len(bits) % 6)
    return "".join(chr(ARMOUR[int(bits[i:i + 6], 2)]) for i in range(0, len(bits), 6)), -sum(w for _, w in fields) % 6


def particulars_sentences(ship, name):
    """What the ship says of itself: message 5, or both parts of 24. A list of lists: sentences of one message."""
    half = int(ship.length / 2)
    sizes = [(min(half, 511), 9), (min(int(ship.length) - half, 511), 9), (min(int(ship.length / 14), 63), 6),
             (min(int(ship.length / 14), 63), 6)]
    call = text_bits(f"X{ship.mmsi % 100000}", 7)
    if ship.class_b:
        a = wide_payload([(24, 6), (0, 2), (ship.mmsi, 30), (0, 2), (text_bits(name, 20), 120), (0, 8)])
        b = wide_payload([(24, 6), (0, 2), (ship.mmsi, 30), (1, 2), (ship.type, 8), (0, 42), (call, 42), *sizes, (0, 6)])
        return [[f"AIVDM,1,1,,A,{p},{fill}"] for p, fill in (a, b)]
    p, fill = wide_payload([(5, 6), (0, 2), (ship.mmsi, 30), (0, 2), (ship.imo, 30), (call, 42),
                            (text_bits(name, 20), 120), (ship.type, 8), *sizes, (1, 4), (0, 20),
                            (int(round(ship.draught * 10)), 8), (text_bits("SOMEWHERE", 20), 120), (0, 1), (0, 1)])
    number = ship.mmsi % 10
    return [[f"AIVDM,2,1,{number},A,{p[:56]},0", f"AIVDM,2,2,{number},A,{p[56:]},{fill}"]]


def stamped(sentences, t):
    tag = f"c:{t}"
    return b"".join(f"\\{tag}*{checksum(tag)}\\!{s}*{checksum(s)}\r\n".encode() for s in sentences)
