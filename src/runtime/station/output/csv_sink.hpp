// SPDX-License-Identifier: Apache-2.0
// Writes plots and tracks as CSV, and the last turn of the video, while a replay runs.
#pragma once

#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "codec/csv/plot_csv.hpp"
#include "codec/csv/track_csv.hpp"
#include "runtime/station/output/video_picture.hpp"
#include "runtime/station/stage_runner.hpp"

namespace headland::station {

class CsvSink final : public PictureSink {
 public:
  // Empty paths are not written. East and north count from `origin`, or in the node's plane without one.
  static Expected<std::unique_ptr<CsvSink>> create(const std::string& plots_path, const std::string& tracks_path,
                                                   std::optional<GeoPosition> origin = std::nullopt,
                                                   csv::PlotColumns columns = csv::PlotColumns::usual);

  void on_output(Timestamp time, const PictureOutput& output, const PictureChain& chain) override;
  // Writes the newest turn of the video there, too, at the end.
  void want_video(std::string path) { video_path_ = std::move(path); }
  void on_video(const std::vector<VideoBatch>& video, const PictureChain& chain) override;
  // Writes what is buffered; an error names the file.
  [[nodiscard]] Expected<void> close();

 private:
  void write_tracks(const PictureOutput& output, const PictureChain& chain);
  // The same in the plane about `origin_`, where both planes are known.
  [[nodiscard]] PlotSector in_own_plane(const PlotSector& sector, const PictureChain& chain) const;
  void to_own_plane(csv::TrackRow& row, const PictureChain& chain) const;
  void follow_associations(const Picture& picture);

  std::optional<LocalFrame> plane_;
  csv::PlotColumns columns_ = csv::PlotColumns::usual;
  std::string plots_path_;
  std::string tracks_path_;
  std::string video_path_;
  VideoPicture video_;
  std::ofstream plots_;
  std::ofstream tracks_;
  std::string text_;
  std::map<TrackId, Mmsi> identities_;  // as last published
};

}  // namespace headland::station
