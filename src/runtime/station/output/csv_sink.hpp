// SPDX-License-Identifier: Apache-2.0
// Writes plots and tracks as CSV while a replay runs.
#pragma once

#include <fstream>
#include <map>
#include <string>

#include "runtime/station/stage_runner.hpp"

namespace headland::station {

class CsvSink final : public PictureSink {
 public:
  // Empty paths are not written. Names of radars by number, for the columns `sensor` and `sources`.
  static Expected<std::unique_ptr<CsvSink>> create(const std::string& plots_path, const std::string& tracks_path);

  void on_output(Timestamp time, const PictureOutput& output, const PictureChain& chain) override;
  void on_video(const std::vector<VideoBatch>&, const PictureChain&) override {}
  // Writes what is buffered; an error names the file.
  [[nodiscard]] Expected<void> close();

 private:
  void write_tracks(const PictureOutput& output, const PictureChain& chain);
  void follow_associations(const Picture& picture);

  std::string plots_path_;
  std::string tracks_path_;
  std::ofstream plots_;
  std::ofstream tracks_;
  std::string text_;
  std::map<TrackId, Mmsi> identities_;  // as last published
};

}  // namespace headland::station
