// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/csv_sink.hpp"

#include <cmath>

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

// A name without what parts fields and lines.
std::string as_field(std::string name) {
  for (char& c : name) {
    if (c == ',' || c == '"' || static_cast<unsigned char>(c) < 0x20) c = '_';
  }
  return name;
}

// A vector of one plane in another, whose north axis lies `by` clockwise of the first one's.
EastNorthVelocity turned(EastNorthVelocity v, Angle by) {
  const double c = std::cos(by.radians());
  const double s = std::sin(by.radians());
  return {v.east * c + v.north * s, v.north * c - v.east * s};
}

}  // namespace

Expected<std::unique_ptr<CsvSink>> CsvSink::create(const std::string& plots_path, const std::string& tracks_path,
                                                   std::optional<GeoPosition> origin, csv::PlotColumns columns) {
  auto sink = std::make_unique<CsvSink>();
  if (origin) sink->plane_ = LocalFrame(*origin);
  sink->columns_ = columns;
  sink->plots_path_ = plots_path;
  sink->tracks_path_ = tracks_path;
  if (auto ok = open(sink->plots_, plots_path, csv::plot_csv_header(columns)); !ok) return unexpected(ok.error());
  if (auto ok = open(sink->tracks_, tracks_path, csv::track_csv_header()); !ok) return unexpected(ok.error());
  return sink;
}

void CsvSink::on_output(Timestamp, const PictureOutput& output, const PictureChain& chain) {
  if (plots_.is_open()) {
    text_.clear();
    for (const auto& sector : output.sectors) {
      // A row says that a scan was empty only where the sector is a whole turn.
      if (sector.plots.empty() && sector.sectors_per_turn > 1) continue;
      csv::write_plots(in_own_plane(sector, chain), as_field(chain.name_of(sector.sensor)), text_, columns_);
    }
    plots_ << text_;
  }
  if (tracks_.is_open()) {
    if (!output.tracks.empty()) write_tracks(output, chain);
    if (output.published) follow_associations(*output.published->picture);
  }
}

void CsvSink::on_video(const std::vector<VideoBatch>& video, const PictureChain& chain) {
  if (video_path_.empty()) return;
  for (const VideoBatch& batch : video) video_.take(batch, chain);
}

PlotSector CsvSink::in_own_plane(const PlotSector& sector, const PictureChain& chain) const {
  PlotSector out = sector;
  if (!plane_ || !chain.is_located() || *plane_ == chain.frame()) return out;
  const auto site = chain.frame().to_geo({Metres(sector.site_east_m), Metres(sector.site_north_m)});
  const auto local = plane_->to_local(site);
  out.site_east_m = local.east.value();
  out.site_north_m = local.north.value();
  out.site_north = plane_->north_at(local);
  return out;
}

void CsvSink::to_own_plane(csv::TrackRow& row, const PictureChain& chain) const {
  if (!plane_ || !row.geo || *plane_ == chain.frame()) return;
  const auto local = plane_->to_local(*row.geo);
  const Angle by = plane_->north_at(local) - chain.frame().north_at(row.position);
  row.position = local;
  row.velocity = turned(row.velocity, by);
  const double c = std::cos(by.radians());
  const double s = std::sin(by.radians());
  const double ee = row.var_ee_m2;
  const double nn = row.var_nn_m2;
  const double en = row.cov_en_m2;
  row.var_ee_m2 = c * c * ee + 2.0 * c * s * en + s * s * nn;
  row.var_nn_m2 = s * s * ee - 2.0 * c * s * en + c * c * nn;
  row.cov_en_m2 = c * s * (nn - ee) + (c * c - s * s) * en;
}

void CsvSink::write_tracks(const PictureOutput& output, const PictureChain& chain) {
  text_.clear();
  for (const auto& track : output.tracks) {
    auto row = csv::row_of(track);
    if (chain.is_located()) row.geo = chain.frame().to_geo(track.state.position);
    to_own_plane(row, chain);
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
  if (!video_path_.empty()) return video_.write(video_path_);
  return {};
}

}  // namespace headland::station
