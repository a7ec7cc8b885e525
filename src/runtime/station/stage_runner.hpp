// SPDX-License-Identifier: Apache-2.0
// The second stage of a replay: feeds the PictureChain in order, makes ticks from data time where the
// recording has none of its own, and shows every step to a sink.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "runtime/station/input_router.hpp"
#include "runtime/station/picture/picture_chain.hpp"

namespace headland::station {

// Whoever wants to see what the node makes of it: files, the page.
class PictureSink {
 public:
  virtual ~PictureSink() = default;
  virtual void on_output(Timestamp time, const PictureOutput& output, const PictureChain& chain) = 0;
  virtual void on_video(const std::vector<VideoBatch>& video, const PictureChain& chain) = 0;
};

// From the sections of a configuration (radars numbered from 1 in their order).
[[nodiscard]] PictureChainConfig chain_config(const config::StationConfig& config);

inline constexpr Duration tick_interval = std::chrono::milliseconds(500);

class StageRunner {
 public:
  StageRunner(const config::StationConfig& config, std::optional<GeoPosition> origin, PictureSink& sink);

  void process(StageItem& item);
  void finish(Timestamp last);

  [[nodiscard]] const PictureChain& chain() const { return *chain_; }
  [[nodiscard]] PictureChain& chain() { return *chain_; }

 private:
  void tick_until(Timestamp time);
  void emit(Timestamp time);

  std::optional<GeoPosition> origin_;
  PictureSink& sink_;
  std::unique_ptr<PictureChain> chain_;
  std::optional<Timestamp> next_tick_;
  PictureOutput output_;
};

}  // namespace headland::station
