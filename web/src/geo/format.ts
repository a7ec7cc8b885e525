// SPDX-License-Identifier: Apache-2.0
// Numbers as a watch officer reads them: degrees and decimal minutes, three-figure bearings, knots, nautical miles.

export const metresPerNm = 1852;
export const knotsPerMps = 3600 / 1852;

function angle(value: number, digits: number, positive: string, negative: string): string {
  // Round first, so that 59.9996' becomes a whole degree and not 60.000'.
  const thousandths = Math.round(Math.abs(value) * 60000);
  const degrees = Math.floor(thousandths / 60000);
  const minutes = ((thousandths % 60000) / 1000).toFixed(3).padStart(6, '0');
  return `${String(degrees).padStart(digits, '0')}°${minutes}′${value < 0 ? negative : positive}`;
}

export const latitude = (deg: number) => angle(deg, 2, 'N', 'S');
export const longitude = (deg: number) => angle(((((deg + 180) % 360) + 360) % 360) - 180, 3, 'E', 'W');

export function bearing(deg: number): string {
  const tenths = Math.round(deg * 10) % 3600;
  return `${(tenths / 10).toFixed(1).padStart(5, '0')}°`;
}

export function range(metres: number): string {
  const nm = metres / metresPerNm;
  if (nm < 0.1) return `${Math.round(metres)} m`;
  return `${nm.toFixed(nm < 10 ? 2 : 1)} NM`;
}

export const speed = (mps: number) => `${(mps * knotsPerMps).toFixed(1)} kn`;

// An age or a span, short.
export function span(seconds: number): string {
  if (!Number.isFinite(seconds)) return '> 1 h';
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}

const pad = (n: number) => String(n).padStart(2, '0');

export function utcClock(timeS: number): string {
  const d = new Date(timeS * 1000);
  return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`;
}

export function utcDate(timeS: number): string {
  const d = new Date(timeS * 1000);
  return `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
}

export function bytes(n: number): string {
  if (n < 1e6) return `${Math.round(n / 1e3)} kB`;
  if (n < 1e9) return `${(n / 1e6).toFixed(n < 1e8 ? 1 : 0)} MB`;
  return `${(n / 1e9).toFixed(1)} GB`;
}
