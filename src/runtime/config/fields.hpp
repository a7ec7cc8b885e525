// SPDX-License-Identifier: Apache-2.0
// The field tables: one line a setting. Name, member, legal range or choices, one sentence.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/config/station_config.hpp"

namespace headland::config {

template <class Section>
struct Field {
  std::string_view name;
  std::variant<double Section::*, std::int64_t Section::*, bool Section::*, std::string Section::*,
               std::vector<double> Section::*, std::vector<LatLon> Section::*>
      member;
  double min = 0.0;  // numbers only
  double max = 0.0;
  std::string_view sentence;
  std::string_view choices = {};  // texts only: "a|b|c", empty = any
  // Texts only: what is wrong with one and what to write instead, empty = nothing; null = not checked.
  std::string (*fault_of)(std::string_view) = nullptr;
};

template <class Section>
struct Table {
  std::string_view name;  // of the TOML table
  std::string_view sentence;
  std::span<const Field<Section>> fields;
};

const Table<StationSection>& station_table();
const Table<RadarSection>& radar_table();
const Table<DetectionZoneSection>& detection_zone_table();
const Table<NmeaSection>& nmea_table();
const Table<RemoteSection>& remote_table();
const Table<NoInitiationSection>& no_initiation_table();
const Table<NmeaOutputSection>& nmea_output_table();
const Table<OwnShipSection>& own_ship_table();
const Table<TrackerSection>& tracker_table();
const Table<AssociationSection>& association_table();
const Table<JournalSection>& journal_table();
const Table<HistorySection>& history_table();
const Table<RulesSection>& rules_table();
const Table<AlertOutputSection>& alert_output_table();
const Table<WebSection>& web_table();
const Table<ChartSection>& chart_table();
const Table<Cat062Section>& cat062_table();

}  // namespace headland::config
