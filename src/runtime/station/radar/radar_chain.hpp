// SPDX-License-Identifier: Apache-2.0
// One radar from its datagrams to plots, and to video for the page. No threads, no clock: what comes
// out is a function of the datagrams and their times.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/integration/track_before_detect.hpp"
#include "core/plots/causes/plot_explainer.hpp"
#include "core/plots/plot_extractor.hpp"
#include "core/signal/memory/clutter_memory.hpp"
#include "core/signal/signal_stage.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/station/radar/radar_decoder.hpp"
#include "runtime/station/radar/video_grid.hpp"

namespace headland::station {

struct RadarOutput {
  std::vector<PlotSector> sectors;  // bearings in the video's own reference, site not placed
  std::vector<VideoBatch> video;    // only when asked for
  void clear() {
    sectors.clear();
    video.clear();
  }
};

// What the video last was, for the page and the summary.
struct RadarState {
  BearingReference reference = BearingReference::true_north;
  Timestamp last_spoke;
  Metres range_max;
  std::optional<Seconds> turn_time;
};

class RadarChain {
 public:
  RadarChain(const config::RadarSection& section, SensorId sensor);

  // In true bearings, blind sectors in it: holds while the video's are, too. Otherwise blind sectors alone are masked,
  // and the PictureChain drops plots on land once it has turned them.
  void set_land_mask(RangeAzimuthMask mask);
  // Goes on from what was learned of the clutter before a stop (bytes of signal::encode), if it fits; before the first
  // datagram. `now`: how old it is.
  void resume_clutter(std::span<const std::uint8_t> bytes, Timestamp now);
  // What became of that.
  [[nodiscard]] signal::Resumption clutter_resumption() const;
  // Of now, for after a stop; nothing while there is nothing worth it.
  [[nodiscard]] std::optional<signal::ClutterMemory> clutter_memory() const;
  void want_video(bool wanted) { video_wanted_ = wanted; }

  void process(Timestamp received, std::span<const std::uint8_t> datagram, RadarOutput& out);
  void note_gap(Gap gap) { decoder_->note_gap(gap); }
  // The end of the input: what waits comes out.
  void finish(RadarOutput& out);

  [[nodiscard]] SensorId sensor() const { return sensor_; }
  [[nodiscard]] const config::RadarSection& section() const { return section_; }
  [[nodiscard]] const RadarState& state() const { return state_; }
  [[nodiscard]] const RadarDecoderCounters& decoder_counters() const { return decoder_->counters(); }
  // What the decoder refused, and the spokes that nothing behind it could use, by reason.
  [[nodiscard]] std::map<std::string, std::uint64_t> rejected() const;
  [[nodiscard]] const signal::Counters& signal_counters() const { return signal_.counters(); }
  [[nodiscard]] const signal::SignalStage& signal_stage() const { return signal_; }
  [[nodiscard]] const plots::Counters& plot_counters() const { return plots_.counters(); }
  // Null where it is switched off.
  [[nodiscard]] const plots::CauseCounters* cause_counters() const {
    return explainer_ ? &explainer_->counters() : nullptr;
  }
  // Null where it is switched off.
  [[nodiscard]] const integration::Counters* integration_counters() const {
    return integration_ ? &integration_->counters() : nullptr;
  }

 private:
  void take_blocks(RadarOutput& out);
  void compare_settings();
  void mask_for(BearingReference reference);
  void zone_for(BearingReference reference);
  void make_plots(bool at_end, RadarOutput& out);
  void integrate(RadarOutput& out);

  config::RadarSection section_;
  SensorId sensor_;
  std::unique_ptr<RadarDecoder> decoder_;
  signal::SignalStage signal_;
  plots::PlotExtractor plots_;
  std::vector<BlankedSector> blind_;
  std::optional<plots::PlotExplainer> explainer_;
  std::optional<integration::TrackBeforeDetect> integration_;
  std::vector<PlotSector> extracted_;             // on their way through it
  std::optional<VideoSettings> settings_before_;  // of the memory; nothing: not to be compared (any more)
  std::size_t settings_known_ = 0;
  signal::MemoryRefusal refused_ = signal::MemoryRefusal::none;  // before the stage saw it
  RangeAzimuthMask land_mask_;
  std::optional<bool> is_land_masked_;  // nothing: no mask was chosen yet
  std::vector<BlankedSector> silent_;   // zones in which nothing is detected
  std::optional<bool> zones_are_true_;  // nothing: none were chosen yet
  VideoGrid grid_;
  bool video_wanted_ = false;
  RadarState state_;
  Timestamp received_;  // of the last datagram: clocks of radars may be wrong
  std::vector<SpokeBlock> blocks_;
  HitBlock hits_;
};

}  // namespace headland::station
