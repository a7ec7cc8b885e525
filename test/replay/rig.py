# SPDX-License-Identifier: Apache-2.0
"""A station and a simulator as programs, for tests that stop, kill and feed them."""

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENE = ROOT / "data" / "scenes" / "strait.toml"
# Of the radar in the scene.
POSITION = (13.6380, 121.0395)


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def wait_until(condition, patience_s=60.0, pause_s=0.05, what="it"):
    """Patience is there to end a test that hangs, not to measure anything."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(pause_s)
    raise AssertionError(f"waited {patience_s:.0f} s in vain for {what}")


class Page:
    """As little of a WebSocket as it takes to order something; what comes is read for texts only."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /ws/v1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.read = self.socket.makefile("rb")
        while self.read.readline() not in (b"\r\n", b""):
            pass

    def say(self, value):
        text = json.dumps(value).encode()
        mask = os.urandom(4)
        head = bytes([0x81, 0x80 | len(text)]) if len(text) < 126 else \
            bytes([0x81, 0xFE]) + len(text).to_bytes(2, "big")
        self.socket.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(text)))

    def answer(self):
        """The next text."""
        while True:
            kind, length = self.read.read(2)
            if length in (126, 127):
                length = int.from_bytes(self.read.read(2 if length == 126 else 8), "big")
            content = self.read.read(length)
            if kind & 15 == 1:
                return json.loads(content)


class Rig:
    """Ports, a folder and the programs; ends and removes what it made."""

    def __init__(self, headland, more=""):
        self.headland = str(Path(headland).resolve())
        self.folder = Path(tempfile.mkdtemp(prefix="headland-test-"))
        self.video = free_port(socket.SOCK_DGRAM)
        self.ais = free_port(socket.SOCK_DGRAM)
        self.web = free_port(socket.SOCK_STREAM)
        self.programs = []
        self.station = None
        self.config = self.folder / "station.toml"
        self.config.write_text(f"""
[station]
name = "test"
data_directory = "{self.folder}/data"
[[radar]]
name = "matoco"
listen = "udp://127.0.0.1:{self.video}"
latitude_deg = {POSITION[0]}
longitude_deg = {POSITION[1]}
antenna_height_m = 60
land_margin_m = 75
[[nmea]]
name = "ais"
listen = "udp://127.0.0.1:{self.ais}"
[web]
port = {self.web}
[journal]
segment_max_mb = 4
{more}
""")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        for program in self.programs:
            if program.poll() is None:
                program.kill()
                program.wait()
        if kind is not None:
            for log in sorted(self.folder.glob("*.log")):
                print(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}", file=sys.stderr)
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self, name, *arguments):
        log = open(self.folder / f"{name}.log", "ab")
        program = subprocess.Popen([self.headland, *map(str, arguments)], stdout=log, stderr=log, cwd=self.folder)
        log.close()
        self.programs.append(program)
        return program

    def start_station(self):
        self.station = self.begin("station", "run", self.config)
        wait_until(lambda: self.answers() or self.station.poll() is not None, what="the page")
        check(self.station.poll() is None, "the station ended at once")
        return self.station

    def start_simulator(self, *more):
        return self.begin("simulator", "simulate", SCENE, "--udp", "--video-to", f"127.0.0.1:{self.video}",
                          "--ais-to", f"127.0.0.1:{self.ais}", *more)

    def end(self, program, how=signal.SIGINT):
        program.send_signal(how)
        code = program.wait(timeout=60)
        self.programs.remove(program)
        return code

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.web}{path}", timeout=10) as answer:
            return answer.read().decode()

    def answers(self):
        with contextlib.suppress(OSError, urllib.error.URLError):
            self.get("/healthz")
            return True
        return False

    def picture(self):
        """Of each track its id: (longitude, latitude, time_s, stage, sources)."""
        features = json.loads(self.get("/api/v1/picture.geojson"))["features"]
        return {f["id"]: {**f["properties"], "at": f["geometry"]["coordinates"]} for f in features
                if f["geometry"]["type"] == "Point"}

    def confirmed(self):
        return {i: t for i, t in self.picture().items() if t["stage"] in ("confirmed", "coasting")
                and "radar" in t["sources"]}

    def metrics(self):
        out = {}
        for line in self.get("/metrics").splitlines():
            if line and not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                out[name] = float(value)
        return out

    def replay(self, name, *arguments):
        """Replays; what it wrote as bytes: tracks, plots, and the summary."""
        tracks, plots, summary = (self.folder / f"{name}-{part}" for part in ("tracks.csv", "plots.csv", "s.json"))
        done = subprocess.run([self.headland, "replay", "--tracks", str(tracks), "--plots", str(plots), "--summary",
                               str(summary), *map(str, arguments)], capture_output=True, text=True, cwd=self.folder,
                              timeout=300)
        check(done.returncode == 0, f"replay {arguments} ended with {done.returncode}: {done.stderr}")
        return tracks.read_bytes(), plots.read_bytes(), json.loads(summary.read_text())

    @property
    def journal(self):
        return self.folder / "data" / "journal"
