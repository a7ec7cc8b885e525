// SPDX-License-Identifier: Apache-2.0
// Radar video to hits: rejection of interference, clutter map, CFAR, masks. One radar, one stage.
//
// The result depends on the sequence of spokes, gaps and masks alone, not on how they came in blocks.
// A spoke comes out when its successor has come in (interference is told from both neighbours).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/signal/clutter_map.hpp"
#include "core/signal/config.hpp"
#include "core/signal/echo_shadow.hpp"
#include "core/signal/memory/clutter_memory.hpp"
#include "core/signal/memory/fixed_cells.hpp"
#include "core/signal/row_kernels.hpp"
#include "core/signal/shape_map.hpp"
#include "core/signal/stage/law_probe.hpp"
#include "core/signal/stage/rate_map.hpp"
#include "core/signal/stage/sensitivity_zones.hpp"
#include "core/signal/stage/standing_echoes.hpp"
#include "core/signal/video_statistics.hpp"
#include "core/video/azimuth_clock.hpp"
#include "core/video/hits.hpp"
#include "core/video/mask.hpp"
#include "core/video/spoke.hpp"

namespace headland::signal {

// The clutter region by region, from north clockwise and outwards.
struct RegionalClutter {
  struct Region {
    bool known = false;
    double over_noise = 1.0;  // mean power
    // Mean of the thresholds in use, a power over that of noise. Where zones of another sensitivity lie: of what most
    // of the region is.
    double threshold = 1.0;
    std::uint8_t clutter_class = 0;
    bool silent = false;  // most of it lies in zones in which nothing is detected
  };
  std::uint32_t sectors = 0;
  std::uint32_t bands = 0;
  Metres range_start;
  Metres band_size;
  std::vector<Region> regions;  // sectors rows of bands
};

class SignalStage {
 public:
  // Spokes with more cells than this are refused.
  static constexpr std::uint32_t most_cells = 65536;

  explicit SignalStage(const Config& config);

  // Land and blanked sectors, in the bearing reference of the spokes; an empty mask takes it away.
  // Holds from the next spoke that comes out.
  void set_mask(RangeAzimuthMask mask);
  [[nodiscard]] const RangeAzimuthMask& mask() const { return mask_; }

  // Areas with a false-alarm probability of their own, in the bearing reference of the spokes; none takes them away.
  // Hold from the next spoke that comes out.
  void set_zones(std::vector<SensitivityZone> zones);

  // Writes `out` anew (its memory is used again). May give fewer or more spokes than `in` holds.
  void process(const SpokeBlock& in, HitBlock& out);
  // The spoke that still waits for its successor: at the end of the input.
  void finish(HitBlock& out);

  [[nodiscard]] const Counters& counters() const { return counters_; }
  [[nodiscard]] const Config& config() const { return config_; }
  // Time of a turn of the antenna, once known.
  [[nodiscard]] std::optional<Seconds> turn_time() const { return clock_.turn_time(); }
  [[nodiscard]] const ShapeMap& shapes() const { return shapes_; }
  // Thresholds by region of video that the radar has thresholded itself; null where it did not, or without clutter map.
  [[nodiscard]] std::uint8_t video_bits() const { return bits_; }
  [[nodiscard]] const RateMap* rates() const { return has_rates_ && counters_.thresholded ? &rates_ : nullptr; }
  // Receiver noise is taken from the quietest twentieth of the known regions, as quiet as it was since settings
  // changed: rain over the whole range is no noise.
  [[nodiscard]] RegionalClutter clutter() const;
  // What is set at the radar has changed: what is known of noise and clutter counts as unsettled for some turns,
  // whether the noise shows it or not.
  void note_settings_changed();
  // Noise and clutter have been learned since the video began or changed.
  [[nodiscard]] bool is_settled() const { return turns_alike_ >= settled_turns && unproven_turns_ == 0; }

  // What was learned, for after a restart (memory/). Nothing while it is not settled, without a map (or where the radar
  // cuts off the noise), or where nobody told the place of the antenna.
  [[nodiscard]] std::optional<ClutterMemory> memory(Timestamp until) const;
  // Before the first spoke: goes on from there, if the spokes of the first eighth of a turn fit it (the first ones may
  // be cut short). The first whole turn must show the same noise, or it is forgotten after all. `now`: after a pause
  // the sea counts for less, and what stands fixed does not.
  void resume(ClutterMemory memory, Timestamp now);
  [[nodiscard]] const Resumption& resumption() const { return resumption_; }
  // Begins anew, where a memory waits or was taken up.
  void forget_memory(MemoryRefusal why);

 private:
  static constexpr std::uint32_t settled_turns = 20;

  struct Geometry {
    Metres range_start;
    Metres cell_size;
    BearingReference reference = BearingReference::true_north;
    SampleFormat format = SampleFormat::u8;
    std::uint32_t capacity = 0;  // cells, padded; 0 = nothing seen yet
    Angle spoke_width;           // of the first spoke
  };
  struct Held {  // a spoke whose cells lie in the block in hand or in a row of the ring
    HitSpoke spoke;
    std::uint32_t slot = 0;
    const std::uint8_t* cells = nullptr;
  };

  void prepare(const SpokeBlock* in, HitBlock& out, std::uint32_t rows);
  void take(const SpokeBlock& in, const SpokeInfo& info, HitBlock& out);
  void follow_site(const SpokeBlock& in);
  [[nodiscard]] bool fits(const SpokeBlock& in, const SpokeInfo& info) const;
  // Of a geometry that holds: all spokes of late are so much shorter that the map is of no use to them.
  [[nodiscard]] bool is_outgrown(std::uint32_t cells);
  [[nodiscard]] bool fills_map(std::uint32_t cells) const { return cells > geometry_.capacity - hit_row_alignment; }
  void reset(const SpokeBlock& in, const SpokeInfo& info);
  [[nodiscard]] bool has_noise() const;
  [[nodiscard]] bool is_blanked(const SpokeBlock& in, const SpokeInfo& info) const;
  bool copy_doppler(const SpokeBlock& in, const SpokeInfo& info, std::uint32_t slot);
  // Fills companded_; returns decibels a level.
  double compand_16_bits();
  void use_law(const Config& config);
  void set_rule(const Config& config, Angle width);
  void spread_zones();
  void place_zones(const HitSpoke& spoke, HitBlock& out);
  // Where the cells of a spoke can be read up to their padding: in the block itself, or copied into the ring.
  [[nodiscard]] const std::uint8_t* place_cells(const SpokeBlock& in, const SpokeInfo& info, std::uint32_t slot);
  // Cells that outlive their block.
  void settle(std::optional<Held>& held);
  void copy_cells(const SpokeBlock& in, const SpokeInfo& info, std::uint32_t slot);
  // Gives out the waiting spoke; `next` is its successor where there is one.
  void release(const Held* next, HitBlock& out);
  void clean(const Held* next, HitSpoke& spoke, HitBlock& out);
  void detect(const HitSpoke& spoke, const Held* next, HitBlock& out);
  void detect_thresholded(const HitSpoke& spoke, HitBlock& out);
  [[nodiscard]] RateRule rate_rule() const;
  [[nodiscard]] std::uint32_t spokes_of_map_row(Angle width) const;
  void mind_shape(const HitSpoke& spoke, bool settled, HitBlock& out);
  [[nodiscard]] std::span<const std::uint64_t> masked_row(std::uint32_t fraction) const;
  void apply_mask(const HitSpoke& spoke, HitBlock& out);
  void observe(const HitSpoke& spoke, const HitBlock& out);
  void begin_probe();
  [[nodiscard]] bool is_probing() const;
  void judge_law();
  void take_law(const MeasuredLaw& law);
  void judge_video();
  void watch_noise();
  void note_quiet();
  void add_zones(RegionalClutter& clutter) const;
  void take_up_memory();
  // Gives up a memory that no spoke fits.
  void give_up_memory(AntennaPosition position);
  // Whether this turn still tells if a memory may be gone on from.
  bool is_proving_memory(bool noise_is_alike);
  void spread_mask();
  [[nodiscard]] bool adjacent(const HitSpoke& a, const HitSpoke& b) const;
  [[nodiscard]] std::uint8_t* ring_row(std::uint32_t slot) { return ring_.data() + std::size_t{slot} * row_length_; }

  Config config_;
  Counters counters_;
  AzimuthClock clock_;
  Geometry geometry_;
  double short_turns_ = 0.0;  // of spokes since the last that fills a row of the map
  std::uint8_t bits_ = 8;
  DetectRule rule_;
  EchoShadow shadow_;
  std::uint32_t map_shift_ = 4;  // of a map whose memory is full
  Scale local_alone_;
  Scale local_with_map_;
  double noise_excess_ = 0.0;
  std::uint8_t interference_margin_ = 255;
  double decibels_per_level_ = 0.0;
  LawProbe probe_;
  std::uint32_t probed_turns_ = 0;

  const std::uint8_t* next_cells_ = nullptr;  // of the block in hand, to be fetched from memory
  std::size_t row_length_ = 0;                // of ring, training and caps rows
  AlignedVector<std::uint8_t> ring_;          // three rows: previous, current, next
  AlignedVector<std::uint8_t> doppler_ring_;  // the same of Doppler marks, passed through; empty until there are any
  AlignedVector<std::uint8_t> training_;
  AlignedVector<std::uint8_t> caps_;
  RowWorkspace workspace_;
  std::vector<std::uint8_t> companded_;  // level of each 16-bit value
  std::optional<Held> previous_;
  std::optional<Held> current_;

  ClutterMap map_;
  StandingEchoes standing_;
  ShapeMap shapes_;
  FixedCells fixed_;  // of a memory that was taken up after a pause
  RateMap rates_;
  std::vector<std::uint8_t> strong_limits_;  // of the spoke in hand, one each 64 cells
  bool has_rates_ = false;                   // rates_ is of this geometry
  std::optional<GeoPosition> map_site_;
  std::unique_ptr<ClutterMemory> memory_;  // waits for the first spokes
  std::optional<AntennaPosition> waits_since_;
  Resumption resumption_;
  std::uint32_t unproven_turns_ = 0;

  VideoStatistics statistics_;
  std::uint32_t spokes_since_sample_ = 0;
  std::uint32_t samples_ = 0;
  AntennaPosition judged_turn_ = 0;
  std::uint32_t turns_alike_ = 0;  // whole turns whose noise is that of the first of them
  std::uint8_t noise_was_ = 0;
  double quiet_level_ = 0.0;  // mean of the quietest regions, the lowest since settings changed; 0 = not known

  SensitivityZones zones_;
  RangeAzimuthMask mask_;
  std::vector<std::uint64_t> mask_bits_;  // the mask at the cells of the spokes, a row each azimuth
};

}  // namespace headland::signal
