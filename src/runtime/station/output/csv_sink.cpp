// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/csv_sink.hpp"

#include "codec/csv/plot_csv.hpp"
#include "codec/csv/track_csv.hpp"

namespace headland::station {
namespace {

Expected<void> open(std::ofstream& file, const std::string& path, std::string_view header) {
  if (path.empty()) return {};
  file.open(path, std::ios::binary | std::ios::trunc);
  file << header;  // with its line end
  if (!file) return fail(ErrorCode::io, path + ": cannot be written: check the folder and its permissions");
  return {};
}

}  // namespace

Expected<std::unique_ptr<CsvSink>> CsvSink::create(const std::string& plots_path, const std::string& tracks_path) {
  auto sink = std::make_unique<CsvSink>();
  sink->plots_path_ = plots_path;
  sink->tracks_path_ = tracks_path;
  if (auto ok = open(sink->plots_, plots_path, csv::plot_csv_header()); !ok) return unexpected(ok.error());
  if (auto ok = open(sink->tracks_, tracks_path, csv::track_csv_header()); !ok) return unexpected(ok.error());
  return sink;
}

void CsvSink::on_output(Timestamp, const PictureOutput& output, const PictureChain& chain) {
  if (plots_.is_open()) {
    text_.clear();
    for (const auto& sector : output.sectors) {
      // A row says that a scan was empty only where the sector is a whole turn.
      if (sector.plots.empty() && sector.sectors_per_turn > 1) continue;
      csv::write_plots(sector, "radar" + std::to_string(sector.sensor.value()), text_);
    }
    plots_ << text_;
  }
  if (tracks_.is_open()) {
    if (!output.tracks.empty()) write_tracks(output, chain);
    if (output.published) follow_associations(*output.published->picture);
  }
}

void CsvSink::write_tracks(const PictureOutput& output, const PictureChain& chain) {
  text_.clear();
  for (const auto& track : output.tracks) {
    auto row = csv::row_of(track);
    if (chain.is_located()) row.geo = chain.frame().to_geo(track.state.position);
    if (const auto known = identities_.find(track.id); known != identities_.end()) {
      row.mmsi = known->second;
      row.sources += row.sources.empty() ? "ais" : "+ais";
    }
    csv::write_track_row(row, text_);
  }
  tracks_ << text_;
}

void CsvSink::follow_associations(const Picture& picture) {
  identities_.clear();
  for (const auto& track : picture.tracks) {
    if (track.radar_track != TrackId() && track.identity) identities_[track.radar_track] = track.identity->mmsi;
  }
}

Expected<void> CsvSink::close() {
  for (auto* file : {&plots_, &tracks_}) {
    if (!file->is_open()) continue;
    file->close();
    if (!*file) {
      return fail(ErrorCode::io,
                  (file == &plots_ ? plots_path_ : tracks_path_) + ": not written to its end: disk full?");
    }
  }
  return {};
}

}  // namespace headland::station
