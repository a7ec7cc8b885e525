// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/target_report.hpp"

#include <cmath>

#include "codec/asterix/tables/field_access.hpp"

namespace headland::asterix {
namespace {

constexpr double metres_per_foot = 0.3048;
constexpr double metres_per_flight_level = 30.48;
constexpr double day_s = 86400.0;
constexpr double metres_per_degree = 111'132.0;  // of latitude, for accuracies alone

// What has to wait for other items.
struct Pieces {
  bool transponder = false;
  bool fine_position = false;
  bool better_time = false;
  bool geometric_height = false;
  double covariance_root_m = 0.0;
  double deviation_lat_deg = 0.0, deviation_lon_deg = 0.0;
};

bool take_time(double s, std::optional<Seconds>& out) {
  if (s >= day_s) return false;
  out = Seconds(s);
  return true;
}

std::optional<GeoPosition> geo(double lat_deg, double lon_deg) {
  if (std::abs(lat_deg) > 90.0 || std::abs(lon_deg) > 180.0) return std::nullopt;
  return GeoPosition::from_degrees(lat_deg, lon_deg);
}
EastNorth plane(double x_m, double y_m) { return {Metres(x_m), Metres(y_m)}; }
EastNorthVelocity velocity(double x_mps, double y_mps) { return {MetresPerSecond(x_mps), MetresPerSecond(y_mps)}; }
EastNorthVelocity along(double nautical_miles_per_s, double course_deg) {
  const double speed_mps = nautical_miles_per_s * metres_per_nautical_mile;
  const double course = course_deg * radians_per_degree;
  return velocity(speed_mps * std::sin(course), speed_mps * std::cos(course));
}
PolarPosition polar(double range_m, double bearing_deg) {
  return {Metres(range_m), Bearing::from_degrees(bearing_deg)};
}
void take_pressure_height(double flight_levels, const Pieces& p, TargetReport& out) {
  if (!p.geometric_height) out.height = Metres(flight_levels * metres_per_flight_level);
}
void take_height(double feet, Pieces& p, TargetReport& out) {
  out.height = Metres(feet * metres_per_foot);
  p.geometric_height = true;
}

// ICAO annex 10, volume III, table 3-9.
void take_callsign(std::uint64_t bits, Callsign& out) {
  out.length = 0;
  for (unsigned i = 0; i < 8; ++i) {
    const auto code = static_cast<unsigned>(bits >> (42U - 6U * i)) & 0x3FU;
    const bool letter = code >= 1 && code <= 26;
    const bool digit = code >= 48 && code <= 57;
    out.letters[i] = letter ? static_cast<char>('A' + code - 1) : digit ? static_cast<char>(code) : ' ';
    if (letter || digit) out.length = static_cast<std::uint8_t>(i + 1);
  }
}

void assemble(const Pieces& p, TargetReport& out) {
  if (out.accuracy && p.covariance_root_m != 0.0) {
    // 062/500 sends the root of the covariance with its sign (note 2 of the standard).
    out.accuracy->covariance_m2 = p.covariance_root_m * std::abs(p.covariance_root_m);
  }
  if (!out.accuracy && p.deviation_lat_deg > 0.0 && p.deviation_lon_deg > 0.0 && out.position) {
    out.accuracy =
        PositionAccuracy{Metres(p.deviation_lon_deg * metres_per_degree * std::cos(out.position->latitude.value())),
                         Metres(p.deviation_lat_deg * metres_per_degree), 0.0};
  }
  if (out.kind == TargetKind::unknown && (p.transponder || out.address)) out.kind = TargetKind::aircraft;
}

void take_010_more(std::uint16_t part, const double* n, Pieces& p, TargetReport& out) {
  switch (part) {
    case part_with(field::c010_220):
      out.address = static_cast<std::uint32_t>(bits_in<field::c010_220>(n));
      return;
    case part_with(field::c010_245_chr):
      return take_callsign(bits_in<field::c010_245_chr>(n), out.callsign);
    case part_with(field::c010_060_mode3a):
      out.mode_3a = static_cast<std::uint16_t>(bits_in<field::c010_060_mode3a>(n));
      p.transponder = true;
      return;
    case part_with(field::c010_090_fl):
      p.transponder = true;
      return take_pressure_height(number_in<field::c010_090_fl>(n), p, out);
    case part_with(field::c010_091):
      return take_height(n[0], p, out);
    case part_with(field::c010_270_length):
      out.length = Metres(n[0]);
      return;
    case part_with(field::c010_270_width):
      out.width = Metres(n[0]);
      return;
    case part_with(field::c010_270_orientation):
      out.orientation = Bearing::from_degrees(n[0]);
      return;
    case part_with(field::c010_500_devx):
      out.accuracy = PositionAccuracy{Metres(number_in<field::c010_500_devx>(n)),
                                      Metres(number_in<field::c010_500_devy>(n)), number_in<field::c010_500_covxy>(n)};
      return;
    default:
      return;
  }
}

void take_010(std::uint16_t part, const double* n, Pieces& p, TargetReport& out) {
  switch (part) {
    case part_with(field::c010_140):
      take_time(n[0], out.time_of_day);
      return;
    case part_with(field::c010_041_lat):
      out.position = geo(number_in<field::c010_041_lat>(n), number_in<field::c010_041_lon>(n));
      return;
    case part_with(field::c010_040_rho):
      out.polar = polar(number_in<field::c010_040_rho>(n), number_in<field::c010_040_th>(n));
      return;
    case part_with(field::c010_042_x):
      out.local = plane(number_in<field::c010_042_x>(n), number_in<field::c010_042_y>(n));
      return;
    case part_with(field::c010_200_gsp):
      if (!out.velocity) out.velocity = along(number_in<field::c010_200_gsp>(n), number_in<field::c010_200_tra>(n));
      return;
    case part_with(field::c010_202_vx):
      out.velocity = velocity(number_in<field::c010_202_vx>(n), number_in<field::c010_202_vy>(n));
      return;
    case part_with(field::c010_161_trk):
      out.track_number = static_cast<std::uint16_t>(bits_in<field::c010_161_trk>(n));
      return;
    case part_with(field::c010_170_cnf):
      out.tentative = bits_in<field::c010_170_cnf>(n) != 0;
      out.ended = bits_in<field::c010_170_tre>(n) != 0;
      out.coasting = bits_in<field::c010_170_cst>(n) != 0;
      return;
    case part_with(field::c010_020_sim): {
      out.simulated = bits_in<field::c010_020_sim>(n) != 0;
      out.test = bits_in<field::c010_020_tst>(n) != 0;
      const auto type = bits_in<field::c010_020_tot>(n);
      if (type == 1 || type == 3) out.kind = TargetKind::aircraft;
      if (type == 2) out.kind = TargetKind::ground_vehicle;
      return;
    }
    default:
      return take_010_more(part, n, p, out);
  }
}

void take_021(std::uint16_t part, const double* n, Pieces& p, TargetReport& out) {
  switch (part) {
    case part_with(field::c021_071):  // applicability of the position, then its reception, then the report's sending
      p.better_time = take_time(n[0], out.time_of_day);
      return;
    case part_with(field::c021_073):
      if (!p.better_time) p.better_time = take_time(n[0], out.time_of_day);
      return;
    case part_with(field::c021_077):
      if (!p.better_time) take_time(n[0], out.time_of_day);
      return;
    case part_with(field::c021_130_lat):
      if (!p.fine_position) out.position = geo(number_in<field::c021_130_lat>(n), number_in<field::c021_130_lon>(n));
      return;
    case part_with(field::c021_131_lat):
      out.position = geo(number_in<field::c021_131_lat>(n), number_in<field::c021_131_lon>(n));
      p.fine_position = out.position.has_value();
      return;
    case part_with(field::c021_161_trnum):
      out.track_number = static_cast<std::uint16_t>(bits_in<field::c021_161_trnum>(n));
      return;
    case part_with(field::c021_080):
      out.address = static_cast<std::uint32_t>(bits_in<field::c021_080>(n));
      return;
    case part_with(field::c021_170):
      return take_callsign(bits_in<field::c021_170>(n), out.callsign);
    case part_with(field::c021_070_mode3a):
      out.mode_3a = static_cast<std::uint16_t>(bits_in<field::c021_070_mode3a>(n));
      return;
    case part_with(field::c021_140):
      return take_height(n[0], p, out);
    case part_with(field::c021_145):
      return take_pressure_height(n[0], p, out);
    case part_with(field::c021_160_gs):
      out.velocity = along(number_in<field::c021_160_gs>(n), number_in<field::c021_160_ta>(n));
      return;
    case part_with(field::c021_040_sim):
      out.simulated = bits_in<field::c021_040_sim>(n) != 0;
      out.test = bits_in<field::c021_040_tst>(n) != 0;
      return;
    case part_with(field::c021_020): {
      const auto emitter = bits_in<field::c021_020>(n);
      if (emitter == 20 || emitter == 21) out.kind = TargetKind::ground_vehicle;
      if (emitter >= 22 && emitter <= 24) out.kind = TargetKind::obstacle;
      return;
    }
    default:
      return;
  }
}

void take_048_more(std::uint16_t part, const double* n, Pieces& p, TargetReport& out) {
  switch (part) {
    case part_with(field::c048_220):
      out.address = static_cast<std::uint32_t>(bits_in<field::c048_220>(n));
      return;
    case part_with(field::c048_240):
      return take_callsign(bits_in<field::c048_240>(n), out.callsign);
    case part_with(field::c048_070_mode3a):
      out.mode_3a = static_cast<std::uint16_t>(bits_in<field::c048_070_mode3a>(n));
      p.transponder = true;
      return;
    case part_with(field::c048_090_fl):
      p.transponder = true;
      return take_pressure_height(number_in<field::c048_090_fl>(n), p, out);
    case part_with(field::c048_110_3dh):
      return take_height(n[0], p, out);
    case part_with(field::c048_210_sigx): {
      const auto metres = [](double nautical_miles) { return Metres(nautical_miles * metres_per_nautical_mile); };
      out.accuracy =
          PositionAccuracy{metres(number_in<field::c048_210_sigx>(n)), metres(number_in<field::c048_210_sigy>(n)), 0.0};
      return;
    }
    default:
      return;
  }
}

void take_048(std::uint16_t part, const double* n, Pieces& p, TargetReport& out) {
  switch (part) {
    case part_with(field::c048_140):
      take_time(n[0], out.time_of_day);
      return;
    case part_with(field::c048_020_typ):
      p.transponder = p.transponder || bits_in<field::c048_020_typ>(n) >= 2;  // 1: a primary echo alone
      out.simulated = bits_in<field::c048_020_sim>(n) != 0;
      return;
    case part_with(field::c048_020_tst):
      out.test = bits_in<field::c048_020_tst>(n) != 0;
      return;
    case part_with(field::c048_040_rho):
      out.polar =
          polar(number_in<field::c048_040_rho>(n) * metres_per_nautical_mile, number_in<field::c048_040_theta>(n));
      return;
    case part_with(field::c048_042_x):
      out.local = plane(number_in<field::c048_042_x>(n) * metres_per_nautical_mile,
                        number_in<field::c048_042_y>(n) * metres_per_nautical_mile);
      return;
    case part_with(field::c048_200_gsp):
      out.velocity = along(number_in<field::c048_200_gsp>(n), number_in<field::c048_200_hdg>(n));
      return;
    case part_with(field::c048_161_trn):
      out.track_number = static_cast<std::uint16_t>(bits_in<field::c048_161_trn>(n));
      return;
    case part_with(field::c048_170_cnf):
      out.tentative = bits_in<field::c048_170_cnf>(n) != 0;
      return;
    case part_with(field::c048_170_tre):
      out.ended = bits_in<field::c048_170_tre>(n) != 0;
      return;
    default:
      return take_048_more(part, n, p, out);
  }
}

void take_062_more(std::uint16_t part, const double* n, Pieces& p, TargetReport& out) {
  switch (part) {
    case part_with(field::c062_245_chr):
      if (out.callsign.length == 0) take_callsign(bits_in<field::c062_245_chr>(n), out.callsign);
      return;
    case part_with(field::c062_060_mode3a):
      out.mode_3a = static_cast<std::uint16_t>(bits_in<field::c062_060_mode3a>(n));
      p.transponder = true;
      return;
    case part_with(field::c062_136):
      p.transponder = true;
      return take_pressure_height(n[0], p, out);
    case part_with(field::c062_340_typ_typ):
      p.transponder = p.transponder || bits_in<field::c062_340_typ_typ>(n) >= 2;  // 1: a primary echo alone
      return;
    case part_with(field::c062_120_mode2):
      p.transponder = true;
      return;
    case part_with(field::c062_130):
      return take_height(n[0], p, out);
    case part_with(field::c062_270_length):
      out.length = Metres(n[0]);
      return;
    case part_with(field::c062_270_width):
      out.width = Metres(n[0]);
      return;
    case part_with(field::c062_270_orientation):
      out.orientation = Bearing::from_degrees(n[0]);
      return;
    case part_with(field::c062_500_apc_x):
      out.accuracy = PositionAccuracy{Metres(number_in<field::c062_500_apc_x>(n)),
                                      Metres(number_in<field::c062_500_apc_y>(n)), 0.0};
      return;
    case part_with(field::c062_500_cov):
      p.covariance_root_m = n[0];
      return;
    case part_with(field::c062_500_apw_lat):
      p.deviation_lat_deg = number_in<field::c062_500_apw_lat>(n);
      p.deviation_lon_deg = number_in<field::c062_500_apw_lon>(n);
      return;
    case part_with(field::c062_500_atv_x):
      out.velocity_deviation = velocity(number_in<field::c062_500_atv_x>(n), number_in<field::c062_500_atv_y>(n));
      return;
    default:
      return;
  }
}

void take_062(std::uint16_t part, const double* n, Pieces& p, TargetReport& out) {
  switch (part) {
    case part_with(field::c062_070):
      take_time(n[0], out.time_of_day);
      return;
    case part_with(field::c062_105_lat):
      out.position = geo(number_in<field::c062_105_lat>(n), number_in<field::c062_105_lon>(n));
      return;
    case part_with(field::c062_100_x):
      out.local = plane(number_in<field::c062_100_x>(n), number_in<field::c062_100_y>(n));
      return;
    case part_with(field::c062_185_vx):
      out.velocity = velocity(number_in<field::c062_185_vx>(n), number_in<field::c062_185_vy>(n));
      return;
    case part_with(field::c062_040):
      out.track_number = static_cast<std::uint16_t>(bits_in<field::c062_040>(n));
      return;
    case part_with(field::c062_080_cnf):
      out.tentative = bits_in<field::c062_080_cnf>(n) != 0;
      return;
    case part_with(field::c062_080_sim):
      out.simulated = bits_in<field::c062_080_sim>(n) != 0;
      out.ended = bits_in<field::c062_080_tse>(n) != 0;
      return;
    case part_with(field::c062_080_cst):
      out.coasting = bits_in<field::c062_080_cst>(n) != 0;
      return;
    case part_with(field::c062_380_adr):
      out.address = static_cast<std::uint32_t>(bits_in<field::c062_380_adr>(n));
      return;
    case part_with(field::c062_380_emc): {
      const auto emitter = bits_in<field::c062_380_emc>(n);
      out.kind = emitter >= 22   ? TargetKind::obstacle
                 : emitter >= 20 ? TargetKind::ground_vehicle
                                 : TargetKind::aircraft;
      return;
    }
    case part_with(field::c062_380_id):
      return take_callsign(bits_in<field::c062_380_id>(n), out.callsign);
    default:
      return take_062_more(part, n, p, out);
  }
}

template <void take(std::uint16_t, const double*, Pieces&, TargetReport&)>
TargetReport target_by(const Record& record) {
  TargetReport out;
  out.category = record.category;
  out.sac = record.sac;
  out.sic = record.sic;
  Pieces pieces;
  for (const PartValue& part : record.parts()) take(part.part, record.numbers_of(part), pieces, out);
  assemble(pieces, out);
  return out;
}

}  // namespace

std::optional<TargetReport> target_of(const Record& record) {
  switch (record.category) {
    case 10:
      if (record.message_type.value_or(1) != 1) return std::nullopt;
      return target_by<take_010>(record);
    case 21: {
      TargetReport out = target_by<take_021>(record);
      if (out.kind == TargetKind::unknown) out.kind = TargetKind::aircraft;
      return out;
    }
    case 48:
      return target_by<take_048>(record);
    case 62:
      return target_by<take_062>(record);
    default:
      return std::nullopt;
  }
}

}  // namespace headland::asterix
