// SPDX-License-Identifier: Apache-2.0
#include "codec/csv/track_csv.hpp"

namespace headland::csv {
namespace {

void add_source(std::string_view name, std::string& sources) {
  if (!sources.empty()) sources += '+';
  sources += name;
}
void add_radar(std::string_view radar, SensorId sensor, std::string& sources) {
  add_source(radar, sources);
  append_whole(sensor.value(), sources);
}

void field(double value, int decimals, std::string& out) {
  append_number(value, decimals, out);
  out += ',';
}

}  // namespace

std::string_view status_text(TrackStage stage) {
  switch (stage) {
    case TrackStage::tentative:
      return "tentative";
    case TrackStage::confirmed:
      return "confirmed";
    case TrackStage::coasting:
      return "coasted";
    case TrackStage::ended:
      return "deleted";
  }
  return "deleted";
}

TrackRow row_of(const Track& track, std::string_view radar) {
  TrackRow row;
  row.time = track.time;
  row.track_id = track.id.value();
  row.position = track.state.position;
  row.velocity = track.state.velocity;
  row.var_ee_m2 = track.state.covariance[0];
  row.cov_en_m2 = track.state.covariance[1];
  row.var_nn_m2 = track.state.covariance[5];
  row.stage = track.stage;
  for (const RadarShare& r : track.sensors) add_radar(radar, r.sensor, row.sources);
  return row;
}

TrackRow row_of(const SystemTrack& track, std::string_view radar) {
  TrackRow row;
  row.time = track.time;
  row.track_id = track.id.value();
  row.position = track.local;
  row.velocity = track.velocity;
  row.var_ee_m2 = track.var_ee_m2;
  row.var_nn_m2 = track.var_nn_m2;
  row.cov_en_m2 = track.cov_en_m2;
  row.stage = track.stage;
  row.geo = track.position;
  if (track.identity) row.mmsi = track.identity->mmsi;
  for (const Contribution& c : track.contributions) {
    if (c.kind == SourceKind::ais) {
      add_source("ais", row.sources);
    } else if (c.kind == SourceKind::remote) {
      if (row.sources.find("remote") == std::string::npos) add_source("remote", row.sources);
    } else {
      add_radar(radar, c.sensor, row.sources);
    }
  }
  return row;
}

std::string_view track_csv_header() {
  return "time_s,track_id,east_m,north_m,ve_mps,vn_mps,var_ee,var_nn,cov_en,status,lat_deg,lon_deg,mmsi,sources\n";
}

void write_track_row(const TrackRow& row, std::string& out) {
  append_time(row.time, out);
  out += ',';
  append_whole(row.track_id, out);
  out += ',';
  field(row.position.east.value(), 3, out);
  field(row.position.north.value(), 3, out);
  field(row.velocity.east.value(), 4, out);
  field(row.velocity.north.value(), 4, out);
  field(row.var_ee_m2, 4, out);
  field(row.var_nn_m2, 4, out);
  field(row.cov_en_m2, 4, out);
  out += status_text(row.stage);
  out += ',';
  if (row.geo) append_number(row.geo->latitude_deg(), 8, out);
  out += ',';
  if (row.geo) append_number(row.geo->longitude_deg(), 8, out);
  out += ',';
  if (row.mmsi) append_whole(row.mmsi->value(), out);
  out += ',';
  out += row.sources;
  out += '\n';
}

}  // namespace headland::csv
