// SPDX-License-Identifier: Apache-2.0
// What the stream `/ws/v1` carries, as the page holds it. The bytes: docs/formats/stream.md.
// Angles in degrees clockwise from true north, positions in degrees, times in seconds UTC: as on the wire.

export const frameType = {
  hello: 1,
  trackSnapshot: 2,
  trackDelta: 3,
  attributes: 4,
  spokes: 5,
  alerts: 6,
  health: 7,
  playback: 8,
  plots: 9,
} as const;

export const headerBytes = 16;
export const trackRecordBytes = 32;
export const plotRecordBytes = 12;
export const spokesPreambleBytes = 32;

export interface FrameHeader {
  type: number;
  deflated: boolean;
  source: number;
  sequence: number;
  timeS: number;
}

export interface RadarInfo {
  id: number;
  name: string;
  // Absent until own position is known, where no configuration says it.
  lat_deg?: number | null;
  lon_deg?: number | null;
  range_m: number;
  reference: 'true' | 'magnetic' | 'head-up';
}

export type Mode = 'live' | 'replay';

export interface Hello {
  version: string;
  protocol: number;
  mode: Mode;
  node: string;
  origin?: { lat_deg: number; lon_deg: number };
  radars: RadarInfo[];
  server_time_s: number;
}

export const kind = {
  vessel: 0,
  sarAircraft: 1,
  baseStation: 2,
  aidToNavigation: 3,
  aircraft: 4,
  vehicle: 5,
} as const;
export const stage = { tentative: 0, confirmed: 1, coasting: 2, ended: 3 } as const;
export const stateBit = { stageMask: 3, radar: 4, ais: 8, aisLost: 16, ownShip: 32, remote: 64 } as const;

// What the station judged: its AIS is trusted less than fully, another number may be this vessel, radar alone sees it
// though AIS would be heard there, its AIS fell silent, AIS alone tells of it where radar would see it.
export const judgedBit = { doubted: 1, rivals: 2, dark: 4, silent: 8, missingEcho: 16 } as const;

// A struct of arrays, one element a record. NaN stands for "unknown".
export interface TrackBatch {
  id: Uint32Array;
  lonDeg: Float64Array;
  latDeg: Float64Array;
  courseDeg: Float32Array;
  speedMps: Float32Array;
  headingDeg: Float32Array;
  rateOfTurn: Float32Array;
  kind: Uint8Array;
  state: Uint8Array;
  judged: Uint8Array; // judgedBit
  quality: Uint8Array; // existence probability x 255
  ageS: Float32Array; // Infinity: older than the field can say
  attributeVersion: Uint32Array;
}

export interface TrackDelta {
  removed: Uint32Array;
  changed: TrackBatch;
}

export interface Spokes {
  firstAzimuth: number;
  azimuths: number; // a turn
  count: number;
  cells: number;
  firstRangeM: number; // near edge of the first cell
  cellM: number;
  lonDeg: number;
  latDeg: number;
  echoTimeS: number; // server's wall clock when the last echo came in
  amplitudes: Uint8Array; // spoke after spoke
}

export interface PlotBatch {
  lonDeg: Float64Array;
  latDeg: Float64Array;
  strengthDb: Float32Array;
  cells: Uint16Array;
  doppler: Uint8Array; // 0 nothing, 1 approaching, 2 receding
}

export interface CardField {
  name: string;
  value: string;
  source: string;
  age_s?: number | null;
}

export interface TrustReason {
  kind: string;
  text: string;
  weight: number; // share of the trust that it takes; 0 speaks for the station
  count?: number;
  since_s?: number;
  time_s?: number;
}

export interface Card {
  id: number;
  label?: string;
  name?: string;
  mmsi?: number;
  callsign?: string;
  imo?: number;
  ship_type?: number;
  ship_type_text?: string;
  destination?: string;
  length_m?: number;
  beam_m?: number;
  draught_m?: number;
  particulars_age_s?: number; // of call sign, destination, dimensions and the like
  status_text?: string;
  stage?: string;
  story?: string; // why the radar track is there and what happened to it
  radar_track?: boolean; // it can be dropped
  named_by?: { name: string; who: string; time_s: number };
  ship_name?: string; // as the vessel calls itself, where an operator named it
  existence?: number;
  began_s?: number;
  identity?: { probability: number };
  rivals?: { mmsi: number; probability: number }[];
  trust?: { score: number; reasons: TrustReason[] };
  silence?: { hearing: string; text: string; since_s?: number };
  missing_echo?: { judged: boolean; text: string };
  radar_only?: { position: string; speed: string; course: string; apart_m: number };
  radar_size?: {
    length_m: number;
    length_deviation_m: number;
    width_m: number;
    width_deviation_m: number;
    orientation_deg?: number; // of the hull, 0 .. 180; absent = unknown
    orientation_deviation_deg?: number;
  };
  radar_class?: { name: string; probability: number };
  ais_latency?: { mean_s: number; deviation_s: number; reports: number };
  fields?: CardField[];
  sources?: {
    source: string;
    age_s?: number | null;
    position_weight?: number;
    velocity_weight?: number;
    in_last_turn?: boolean; // of radars: the beam's last passage had the vessel
  }[];
  past?: [number, number, number][]; // longitude, latitude, time
}

export interface VideoHealth {
  noise_level: number; // mean of 255, 0 = none to measure
  saturated_share: number; // of the cells, at the end of the scale
  thresholded: boolean; // the radar cuts off the noise itself
  unsettled: string; // why noise and clutter are not known; empty: they are
}

export interface RadarHealth {
  id: number;
  name: string;
  state: 'ok' | 'stale' | 'none';
  spokes_per_s?: number | null;
  turn_s?: number | null;
  plots_per_turn?: number | null;
  age_s?: number | null;
  gaps?: number | null;
  latency_ms?: number | null;
  video?: VideoHealth;
  // What it was found to measure amiss, measured minus true.
  registration?: {
    bearing_deg: number;
    bearing_sigma_deg: number;
    range_m: number;
    range_sigma_m: number;
    time_s: number;
    time_sigma_s: number;
    vessels: number; // that it rests on
    jump?: { bearing_deg: number; time_s: number }; // when it last began to measure otherwise at once
  };
}

export interface Health {
  clock_s: number;
  data_time_s: number;
  lanes?: { name: string; depth: number; high_water: number; dropped: number }[];
  radars?: RadarHealth[];
  ais?: { messages_per_s?: number | null; vessels?: number | null; age_s?: number | null };
  tracks?: { confirmed: number; tentative: number };
  journal?: { bytes: number; ok: boolean };
  clients?: number;
}

export type AlertPriority = 'caution' | 'warning' | 'alarm' | 'emergency';
export type AlertState =
  | 'active_unacknowledged'
  | 'active_silenced'
  | 'active_acknowledged'
  | 'active_transferred'
  | 'rectified_unacknowledged'
  | 'shelved'
  | 'ended';

export interface Alert {
  id: number;
  rule: string;
  priority: AlertPriority;
  state: AlertState;
  since_s: number;
  raised_s: number;
  changed_s: number;
  rectified_s: number | null;
  subjects: { track: number; mmsi?: number; name?: string }[];
  lat_deg: number;
  lon_deg: number;
  zones: string[];
  way: [number, number][]; // longitude, latitude
  level: number;
  text: string;
  by?: string;
  reason?: string;
  shelved_until_s?: number;
  handed_to?: string;
}

export interface Playback {
  mode: Mode;
  rate: number;
  data_time_s: number;
  paused: boolean;
}
