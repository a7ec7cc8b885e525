// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/radar_chain.hpp"

#include "core/base/assert.hpp"
#include "core/plots/blanked.hpp"
#include "runtime/station/radar/land_mask.hpp"

namespace headland::station {
namespace {

RadarDecoderConfig decoder_config(const config::RadarSection& s, SensorId sensor) {
  RadarDecoderConfig c;
  c.sensor = sensor;
  c.protocol = s.protocol;
  if (s.bearing_reference == "true") c.reference = BearingReference::true_north;
  if (s.bearing_reference == "magnetic") c.reference = BearingReference::magnetic_north;
  if (s.bearing_reference == "head-up") c.reference = BearingReference::head_up;
  c.bearing_offset = Angle::from_degrees(s.bearing_offset_deg);
  c.range_offset = Metres(s.range_offset_m);
  return c;
}

signal::Config signal_config(const config::RadarSection& s) {
  signal::Config c;
  c.false_alarm_probability = s.false_alarm_probability;
  if (s.decibels_per_level > 0.0) {
    c.law = signal::LevelLaw::logarithmic;
    c.decibels_per_level = s.decibels_per_level;
  }
  c.measure_law = s.decibels_per_level < 0.0;
  if (s.threshold_min > 0.0) {
    c.minimum_level = c.thresholded_lowest_level = static_cast<std::uint8_t>(s.threshold_min);
  }
  if (!s.interference_rejection) c.interference_margin = 0;
  if (!s.clutter_map) c.clutter_turns_log2 = 0;
  c.beam_width = Angle::from_degrees(s.beam_width_or_default_deg());
  if (s.cfar == "go") c.averaging = signal::Averaging::greatest_of;
  if (s.cfar == "so") c.averaging = signal::Averaging::smallest_of;
  if (s.cfar == "os") c.averaging = signal::Averaging::ordered;
  if (s.cfar == "auto") c.averaging = signal::Averaging::automatic;
  c.clutter_shape = s.clutter_shape;
  c.estimate_shape = s.clutter_shape_estimated;
  return signal::sanitized(c);
}

plots::Config plots_config(const config::RadarSection& s) {
  plots::Config c;
  c.beam_width = Angle::from_degrees(s.beam_width_or_default_deg());
  c.pulse_length = Metres(s.pulse_length_m());
  c.false_alarm_probability = s.false_alarm_probability;
  if (s.extent_max_m > 0.0) c.maximum_extent = Metres(s.extent_max_m);
  return plots::sanitized(c);
}

plots::CauseConfig cause_config(const config::RadarSection& s) {
  plots::CauseConfig c;
  c.beam_width = Angle::from_degrees(s.beam_width_or_default_deg());
  c.pulse_length = Metres(s.pulse_length_m());
  c.interference = s.interference_doubted;
  if (s.side_lobe_db > 0.0) c.side_lobe_near = c.side_lobe_far = Decibels(s.side_lobe_db);
  for (const double us : s.pulse_intervals_us) c.pulse_intervals.emplace_back(us * 1e-6);
  return c;
}

// What no stage may look at, as a mask.
RangeAzimuthMask with_silent(RangeAzimuthMask mask, const std::vector<BlankedSector>& silent) {
  constexpr double cell_m = 25.0;
  constexpr double farthest_m = 120'000.0;
  if (!silent.empty() && mask.empty()) {
    mask = RangeAzimuthMask(1024, Metres(cell_m), static_cast<std::uint32_t>(farthest_m / cell_m));
  }
  for (const BlankedSector& area : silent) blank(mask, area);
  return mask;
}

integration::Config integration_config(const config::RadarSection& s) {
  integration::Config c;
  if (s.decibels_per_level > 0.0) {
    c.law = signal::LevelLaw::logarithmic;
    c.decibels_per_level = s.decibels_per_level;
  }
  c.beam_width = Angle::from_degrees(s.beam_width_or_default_deg());
  c.pulse_length = Metres(s.pulse_length_m());
  return integration::sanitized(c);
}

}  // namespace

RadarChain::RadarChain(const config::RadarSection& section, SensorId sensor)
    : section_(section),
      sensor_(sensor),
      decoder_(make_radar_decoder(decoder_config(section, sensor))),
      signal_(signal_config(section)),
      plots_(plots_config(section)),
      blind_(blind_sectors(section)) {
  if (section.explain_plots) explainer_.emplace(cause_config(section));
  if (section.track_before_detect) integration_.emplace(integration_config(section));
  HEADLAND_ASSERT(decoder_ != nullptr, "a protocol passed the check of the configuration but has no decoder");
}

void RadarChain::set_land_mask(RangeAzimuthMask mask) {
  land_mask_ = std::move(mask);
  is_land_masked_.reset();
}

void RadarChain::resume_clutter(std::span<const std::uint8_t> bytes, Timestamp now) {
  auto memory = signal::decode_clutter_memory(bytes);
  if (!memory) {
    refused_ = signal::MemoryRefusal::damaged;
  } else if (memory->name != section_.name) {
    refused_ = signal::MemoryRefusal::other_radar;
  } else {
    settings_before_ = memory->settings;
    signal_.resume(std::move(*memory), now);
  }
}

signal::Resumption RadarChain::clutter_resumption() const {
  if (refused_ == signal::MemoryRefusal::none) return signal_.resumption();
  return {signal::MemoryFate::refused, refused_, {}};
}

std::optional<signal::ClutterMemory> RadarChain::clutter_memory() const {
  auto memory = signal_.memory(received_);
  if (!memory) return memory;
  memory->name = section_.name;
  memory->settings = decoder_->counters().settings;
  return memory;
}

// Some radars tell one setting a message: compared as they become known, until the clutter is settled; what is changed
// later is changed while this station runs.
void RadarChain::compare_settings() {
  const VideoSettings& now = decoder_->counters().settings;
  const std::size_t known = known_count(now);
  if (known == settings_known_) return;
  settings_known_ = known;
  VideoSettings before = *settings_before_;
  if (!take_settings(now, before).empty()) signal_.forget_memory(signal::MemoryRefusal::radar_settings);
  if (signal_.is_settled() || signal_.resumption().fate == signal::MemoryFate::refused) settings_before_.reset();
}

void RadarChain::mask_for(BearingReference reference) {
  const bool land = reference == BearingReference::true_north && !land_mask_.empty();
  if (is_land_masked_ == land) return;
  is_land_masked_ = land;
  RangeAzimuthMask mask = land ? land_mask_ : blind_mask(section_);
  if (integration_) integration_->set_mask(with_silent(mask, silent_));
  signal_.set_mask(std::move(mask));
}

void RadarChain::zone_for(BearingReference reference) {
  const bool is_true = reference == BearingReference::true_north;
  if (zones_are_true_ == is_true) return;
  zones_are_true_ = is_true;
  if (section_.zones.empty()) return;
  DetectionZones zones = detection_zones(section_, is_true);
  blind_ = blind_sectors(section_);
  blind_.insert(blind_.end(), zones.silent.begin(), zones.silent.end());
  silent_ = std::move(zones.silent);
  signal_.set_zones(std::move(zones.zones));
  is_land_masked_.reset();  // what follows weak echoes is told anew, too
}

void RadarChain::process(Timestamp received, std::span<const std::uint8_t> datagram, RadarOutput& out) {
  received_ = received;
  const std::uint64_t changes = decoder_->counters().settings_changes;
  decoder_->process(received, datagram, blocks_);
  if (decoder_->counters().settings_changes != changes) signal_.note_settings_changed();
  if (settings_before_) compare_settings();
  take_blocks(out);
}

void RadarChain::finish(RadarOutput& out) {
  decoder_->flush(blocks_);
  take_blocks(out);
  signal_.finish(hits_);
  make_plots(true, out);
  if (video_wanted_) grid_.flush(out.video);
}

void RadarChain::make_plots(bool at_end, RadarOutput& out) {
  const std::size_t before = out.sectors.size();
  if (integration_) {
    integrate(out);
    if (at_end) {
      plots_.finish(extracted_);
      integration_->finish(extracted_, out.sectors);
      extracted_.clear();
    }
  } else {
    plots_.process(hits_, out.sectors);
    if (at_end) plots_.finish(out.sectors);
  }
  for (std::size_t i = before; i < out.sectors.size(); ++i) {
    PlotSector& sector = out.sectors[i];
    withhold(sector, blind_);
    std::erase_if(sector.plots, [&](const Plot& plot) { return plot.range.value() < section_.range_min_m; });
  }
  if (!explainer_) return;
  for (std::size_t i = before; i < out.sectors.size(); ++i) explainer_->process(out.sectors[i], hits_.has_strengths);
}

void RadarChain::integrate(RadarOutput& out) {
  plots_.process(hits_, extracted_);
  const auto turn = signal_.turn_time();
  integration_->process(hits_, turn, signal_.counters().thresholded, extracted_, out.sectors);
  extracted_.clear();
}

std::map<std::string, std::uint64_t> RadarChain::rejected() const {
  auto out = decoder_->counters().rejected;
  if (const auto n = signal_.counters().anticlockwise; n > 0) out["antenna-turns-anticlockwise"] = n;
  return out;
}

void RadarChain::take_blocks(RadarOutput& out) {
  for (auto& block : blocks_) {
    if (section_.has_position()) {
      block.site = Site{GeoPosition::from_degrees(section_.latitude_deg, section_.longitude_deg),
                        Metres(section_.antenna_height_m)};
    }
    const auto& last = block.spokes.back();
    state_.reference = block.reference;
    state_.last_spoke = last.time;
    state_.range_max = last.range_start + last.cell_size * static_cast<double>(last.cell_count);
    if (video_wanted_) {
      grid_.process(block, out.video);
    }
    zone_for(block.reference);
    mask_for(block.reference);
    signal_.process(block, hits_);
    make_plots(false, out);
  }
  state_.turn_time = signal_.turn_time();
  blocks_.clear();
}

}  // namespace headland::station
