// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/system_status.hpp"

#include <algorithm>
#include <cmath>

#include "codec/asterix/tables/field_access.hpp"

namespace headland::asterix {
namespace {

constexpr double day_s = 86400.0;
constexpr std::uint8_t sdps_status = 1;

void take_time(double s, SystemStatus& out) {
  if (s < day_s) out.time_of_day = Seconds(s);
}
Metres metres(double nautical_miles) { return Metres(nautical_miles * metres_per_nautical_mile); }

void take_034(std::uint16_t part, const double* n, SystemStatus& out) {
  switch (part) {
    case part_with(field::c034_030):
      return take_time(n[0], out);
    case part_with(field::c034_020):
      out.sector = Bearing::from_degrees(n[0]);
      return;
    case part_with(field::c034_041):
      out.turn = Seconds(n[0]);
      return;
    case part_with(field::c034_050_com_nogo):
      out.operation = static_cast<std::uint8_t>(bits_in<field::c034_050_com_nogo>(n));
      out.overload = bits_in<field::c034_050_com_ovlrdp>(n) != 0 || bits_in<field::c034_050_com_ovlxmt>(n) != 0;
      out.bad_time_source = bits_in<field::c034_050_com_tsv>(n) != 0;
      return;
    case part_with(field::c034_120_lat): {
      const double lat_deg = number_in<field::c034_120_lat>(n);
      if (std::abs(lat_deg) <= 90.0) out.site = GeoPosition::from_degrees(lat_deg, number_in<field::c034_120_lon>(n));
      return;
    }
    case part_with(field::c034_090_rng):
      out.range_bias = metres(number_in<field::c034_090_rng>(n));
      out.azimuth_bias = Angle::from_degrees(number_in<field::c034_090_azm>(n));
      return;
    default:
      return;
  }
}

void take_063(std::uint16_t part, const double* n, SystemStatus& out) {
  switch (part) {
    case part_with(field::c063_015):
      out.service = static_cast<std::uint8_t>(bits_in<field::c063_015>(n));
      return;
    case part_with(field::c063_030):
      return take_time(n[0], out);
    case part_with(field::c063_050_sac):
      out.sensor_sac = static_cast<std::uint8_t>(bits_in<field::c063_050_sac>(n));
      out.sensor_sic = static_cast<std::uint8_t>(bits_in<field::c063_050_sic>(n));
      return;
    case part_with(field::c063_060_con):
      out.operation = static_cast<std::uint8_t>(bits_in<field::c063_060_con>(n));
      return;
    case part_with(field::c063_060_odp):
      out.overload = bits_in<field::c063_060_odp>(n) != 0 || bits_in<field::c063_060_oxt>(n) != 0;
      out.bad_time_source = bits_in<field::c063_060_tsv>(n) != 0;
      return;
    case part_with(field::c063_070):
      out.time_bias = Seconds(n[0] * 1e-3);
      return;
    case part_with(field::c063_080_srb):  // secondary radar: the primary's own items come behind and go before
      out.range_bias = metres(number_in<field::c063_080_srb>(n));
      return;
    case part_with(field::c063_081):
      out.azimuth_bias = Angle::from_degrees(n[0]);
      return;
    case part_with(field::c063_090_prb):
      out.range_bias = metres(number_in<field::c063_090_prb>(n));
      return;
    case part_with(field::c063_091):
      out.azimuth_bias = Angle::from_degrees(n[0]);
      return;
    default:
      return;
  }
}

void take_065(std::uint16_t part, const double* n, SystemStatus& out) {
  switch (part) {
    case part_with(field::c065_015):
      out.service = static_cast<std::uint8_t>(bits_in<field::c065_015>(n));
      return;
    case part_with(field::c065_030):
      return take_time(n[0], out);
    case part_with(field::c065_040_nogo):
      out.operation = static_cast<std::uint8_t>(bits_in<field::c065_040_nogo>(n));
      out.overload = bits_in<field::c065_040_ovl>(n) != 0;
      out.bad_time_source = bits_in<field::c065_040_tsv>(n) != 0;
      return;
    default:
      return;
  }
}

std::int64_t units(double value, double unit, std::int64_t most) {
  return std::clamp<std::int64_t>(std::llround(std::clamp(value / unit, -1e9, 1e9)), -most - 1, most);
}
void put_time(const SystemStatus& s, std::vector<std::uint8_t>& out) {
  const auto ticks = static_cast<std::uint64_t>(std::llround(s.time_of_day->value() * 128.0));
  put(out, ticks % time_of_day_units, 3);
}

void put_sensor(const SystemStatus& s, std::vector<std::uint8_t>& out) {
  // Order of the field specification: 010 015 030 050 060 070 080 | 081 090 091 092 - RE SP
  const bool is_named = s.sensor_sac && s.sensor_sic;
  const bool second = s.range_bias || s.azimuth_bias;
  put(out,
      0x80U | (s.service ? 0x40U : 0U) | (s.time_of_day ? 0x20U : 0U) | (is_named ? 0x10U : 0U) |
          (s.operation ? 0x08U : 0U) | (s.time_bias ? 0x04U : 0U) | (second ? 0x01U : 0U),
      1);
  if (second) put(out, (s.range_bias ? 0x40U : 0U) | (s.azimuth_bias ? 0x20U : 0U), 1);
  put(out, s.sac, 1);
  put(out, s.sic, 1);
  if (s.service) put(out, *s.service, 1);
  if (s.time_of_day) put_time(s, out);
  if (is_named) {
    put(out, *s.sensor_sac, 1);
    put(out, *s.sensor_sic, 1);
  }
  if (s.operation) {
    // CON2 PSR SSR MDS ADS MLT FX | OPS ODP OXT MSC TSV NPW - FX; PSR: 1 = its channel does not work.
    put(out, ((*s.operation & 3U) << 6U) | 1U, 1);
    put(out, (s.overload ? 0x40U : 0U) | (s.bad_time_source ? 0x08U : 0U), 1);
  }
  if (s.time_bias) put_signed(out, units(s.time_bias->value(), 1e-3, 32767), 2);
  if (s.range_bias) {
    put(out, 0, 2);  // no gain
    put_signed(out, units(s.range_bias->value() / metres_per_nautical_mile, 1.0 / 128.0, 32767), 2);
  }
  if (s.azimuth_bias) put_signed(out, units(s.azimuth_bias->degrees(), 360.0 / 65536.0, 32767), 2);
}

void put_system(const SystemStatus& s, std::vector<std::uint8_t>& out) {
  // Order of the field specification: 010 000 015 030 020 040 050 | RE SP
  put(out, 0xC0U | (s.service ? 0x20U : 0U) | (s.time_of_day ? 0x10U : 0U) | (s.operation ? 0x04U : 0U), 1);
  put(out, s.sac, 1);
  put(out, s.sic, 1);
  put(out, s.message_type.value_or(sdps_status), 1);
  if (s.service) put(out, *s.service, 1);
  if (s.time_of_day) put_time(s, out);
  if (s.operation) {
    put(out, ((*s.operation & 3U) << 6U) | (s.overload ? 0x20U : 0U) | (s.bad_time_source ? 0x10U : 0U), 1);
  }
}

}  // namespace

std::optional<SystemStatus> status_of(const Record& record) {
  const auto take = record.category == 34   ? take_034
                    : record.category == 63 ? take_063
                    : record.category == 65 ? take_065
                                            : nullptr;
  if (take == nullptr) return std::nullopt;
  SystemStatus out;
  out.category = record.category;
  out.sac = record.sac;
  out.sic = record.sic;
  out.message_type = record.message_type;
  for (const PartValue& part : record.parts()) take(part.part, record.numbers_of(part), out);
  return out;
}

std::vector<std::uint8_t> encode_status(const SystemStatus& status) {
  std::vector<std::uint8_t> out;
  if (status.category != 63 && status.category != 65) return out;
  out = {status.category, 0, 0};
  if (status.category == 63)
    put_sensor(status, out);
  else
    put_system(status, out);
  out[2] = static_cast<std::uint8_t>(out.size());
  return out;
}

}  // namespace headland::asterix
