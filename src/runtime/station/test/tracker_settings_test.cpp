// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/tracker_settings.hpp"

#include <gtest/gtest.h>

#include "core/base/units.hpp"

namespace headland::station {
namespace {

config::TrackerSection section_unlike_the_defaults() {
  config::TrackerSection s;
  s.range_deviation_m = 3.0;
  s.bearing_deviation_deg = 0.7;
  s.site_deviation_m = 2.0;
  s.resolution_range_m = 55.0;
  s.resolution_bearing_deg = 3.0;
  s.hidden_mean_s = 17.0;
  s.prior_speed_kn = 40.0;
  s.confirm_existence = 0.9;
  s.coast_max_s = 25.0;
  s.doppler_threshold_kn = 3.0;
  return s;
}

TEST(TrackerSettings, TakeEveryKeyOfTheSectionWhereverThePlotsComeFrom) {
  for (const PlotSource source : {PlotSource::video, PlotSource::file}) {
    const auto settings = tracker_settings(section_unlike_the_defaults(), source);
    EXPECT_DOUBLE_EQ(settings.range_deviation_m, 3.0);
    EXPECT_DOUBLE_EQ(settings.bearing_deviation_deg, 0.7);
    EXPECT_DOUBLE_EQ(settings.told_range_deviation_m, 3.0);
    EXPECT_DOUBLE_EQ(settings.told_bearing_deviation_deg, 0.7);
    EXPECT_DOUBLE_EQ(settings.site_deviation_m, 2.0);
    EXPECT_DOUBLE_EQ(settings.resolution_range_m, 55.0);
    EXPECT_DOUBLE_EQ(settings.resolution_bearing_deg, 3.0);
    EXPECT_DOUBLE_EQ(settings.mean_hidden_s, 17.0);
    EXPECT_DOUBLE_EQ(settings.prior_speed_mps, 40.0 * mps_per_knot);
    EXPECT_DOUBLE_EQ(settings.confirm_existence, 0.9);
    EXPECT_DOUBLE_EQ(settings.max_coast_s, 25.0);
    EXPECT_DOUBLE_EQ(settings.doppler_threshold_mps, 3.0 * mps_per_knot);
    EXPECT_DOUBLE_EQ(settings.bearing_scatter_deg, 0.0) << "the deviation that was given is whole";
  }
}

TEST(TrackerSettings, KeepTheTrackersOwnDeviationsWhereNoneIsGiven) {
  const auto settings = tracker_settings({}, PlotSource::file);
  EXPECT_DOUBLE_EQ(settings.range_deviation_m, tracking::TrackerConfig{}.range_deviation_m);
  EXPECT_DOUBLE_EQ(settings.bearing_deviation_deg, tracking::TrackerConfig{}.bearing_deviation_deg);
}

TEST(TrackerSettings, ConfirmPlotsOfVideoEarlierThanThoseOfFilesUnlessToldHow) {
  EXPECT_DOUBLE_EQ(tracker_settings({}, PlotSource::video).confirm_existence, 0.95);
  EXPECT_DOUBLE_EQ(tracker_settings({}, PlotSource::file).confirm_existence, 0.99);
  EXPECT_GT(tracker_settings({}, PlotSource::video).confirm_clutter_per_km2, 0.0);
  EXPECT_DOUBLE_EQ(tracker_settings({}, PlotSource::file).confirm_clutter_per_km2, 0.0);
  EXPECT_GT(tracker_settings({}, PlotSource::video).transient_speed_mps,
            tracker_settings({}, PlotSource::file).transient_speed_mps);
  EXPECT_GT(tracker_settings({}, PlotSource::video).mean_hidden_s,
            tracker_settings({}, PlotSource::file).mean_hidden_s);
}

TEST(TrackerSettings, WhatARadarTellsApartComesFromItsBeamAndPulseUnlessTold) {
  config::RadarSection radar;
  const tracking::TrackerConfig usual;
  EXPECT_DOUBLE_EQ(resolution_of({}, radar).range_m, usual.resolution_range_m);
  EXPECT_DOUBLE_EQ(resolution_of({}, radar).bearing_rad, usual.resolution_bearing_deg * radians_per_degree);
  config::RadarSection halo;
  halo.protocol = "navico";
  EXPECT_GT(resolution_of({}, halo).bearing_rad, 5.0 * radians_per_degree);
  radar.beam_width_deg = 4.0;
  radar.pulse_ns = 1000.0;
  EXPECT_NEAR(resolution_of({}, radar).range_m, 210.0, 1.0);
  EXPECT_NEAR(resolution_of({}, radar).bearing_rad / radians_per_degree, 5.6, 1e-9);
  const auto told = resolution_of(section_unlike_the_defaults(), radar);
  EXPECT_DOUBLE_EQ(told.range_m, 55.0);
  EXPECT_DOUBLE_EQ(told.bearing_rad, 3.0 * radians_per_degree);
  radar.pulse_ns = 10'000.0;  // compressed, to what nobody tells
  EXPECT_DOUBLE_EQ(resolution_of({}, radar).range_m, usual.resolution_range_m);
}

TEST(TrackerSettings, AddTheScatterOfBearingsToVideoOnly) {
  EXPECT_GT(tracker_settings({}, PlotSource::video).bearing_scatter_deg, 0.0);
  EXPECT_DOUBLE_EQ(tracker_settings({}, PlotSource::file).bearing_scatter_deg, 0.0);
}

}  // namespace
}  // namespace headland::station
