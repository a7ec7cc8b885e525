// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/tracker_settings.hpp"

#include "core/base/units.hpp"

namespace headland::station {
namespace {

constexpr double scatter_of_video_deg = 0.5;
// Video of few levels fades more than a file of plots that somebody cleaned.
constexpr double confirm_video = 0.95;
constexpr double confirm_file = 0.99;
// Where clutter and births are as the tracker takes them, its probabilities hold from the second plot on.
constexpr std::uint32_t confirm_plots_file = 2;
constexpr double confirm_young = 300.0;
// Sea clutter is denser, noise is not. At 1 a simulated sea state 4 had four times the false tracks, and recordings of
// the Solent more unexplained ones, with no more of the vessels followed.
constexpr double confirm_clutter_video_per_km2 = 0.3;
// Crests run under a radar that looks low over the sea. With 1 m/s, as for files, whose plots are of calm or sheltered
// water, a simulated sea state 4 had eight times as many false tracks, nearly all of them as fast as the crests.
constexpr double transient_speed_video_mps = 5.0;
// At sea small vessels fade, and lie behind larger ones and the own mast, for tens of seconds.
constexpr double hidden_video_s = 30.0;

}  // namespace

tracking::TrackerConfig tracker_settings(const config::TrackerSection& section, PlotSource source) {
  tracking::TrackerConfig out;
  const bool bearing_told = section.bearing_deviation_deg > 0.0;
  if (section.range_deviation_m > 0.0) out.range_deviation_m = section.range_deviation_m;
  if (bearing_told) out.bearing_deviation_deg = section.bearing_deviation_deg;
  out.told_range_deviation_m = section.range_deviation_m;
  out.told_bearing_deviation_deg = section.bearing_deviation_deg;
  out.bearing_scatter_deg = source == PlotSource::video && !bearing_told ? scatter_of_video_deg : 0.0;
  out.site_deviation_m = section.site_deviation_m;
  if (section.resolution_range_m > 0.0) out.resolution_range_m = section.resolution_range_m;
  if (section.resolution_bearing_deg > 0.0) out.resolution_bearing_deg = section.resolution_bearing_deg;
  out.prior_speed_mps = section.prior_speed_kn * mps_per_knot;
  if (section.hidden_mean_s > 0.0) {
    out.mean_hidden_s = section.hidden_mean_s;
  } else if (source == PlotSource::video) {
    out.mean_hidden_s = hidden_video_s;
  }
  out.confirm_young = confirm_young;
  if (source == PlotSource::file) out.confirm_plots = confirm_plots_file;
  if (source == PlotSource::video) {
    out.confirm_clutter_per_km2 = confirm_clutter_video_per_km2;
    out.transient_speed_mps = transient_speed_video_mps;
  }
  out.confirm_existence = section.confirm_existence > 0.0 ? section.confirm_existence
                          : source == PlotSource::video   ? confirm_video
                                                          : confirm_file;
  out.max_coast_s = section.coast_max_s;
  out.return_max_s = section.return_max_s;
  out.late_s = section.late_s;
  out.doppler_threshold_mps = section.doppler_threshold_kn * mps_per_knot;
  return out;
}

tracking::Resolution resolution_of(const config::TrackerSection& section, const config::RadarSection& radar) {
  // As far as two echoes must be apart to show a dip between them.
  constexpr double widths_apart = 1.4;
  const tracking::TrackerConfig usual = tracker_settings(section, PlotSource::video);
  tracking::Resolution out{usual.resolution_range_m, usual.resolution_bearing_deg * radians_per_degree};
  if (section.resolution_range_m <= 0.0) {
    // No less than usual: that the cells of the video are finer than that is not told.
    out.range_m = std::max(out.range_m, widths_apart * radar.pulse_length_m());
  }
  const bool beam_known = radar.beam_width_deg > 0.0 || radar.protocol != "asterix-240";  // whose antennas are any
  if (section.resolution_bearing_deg <= 0.0 && beam_known) {
    out.bearing_rad = widths_apart * radar.beam_width_or_default_deg() * radians_per_degree;
  }
  return out;
}

}  // namespace headland::station
