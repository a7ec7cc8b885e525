// SPDX-License-Identifier: Apache-2.0
// The results of a study as tables.
#include <fmt/format.h>

#include "runtime/study/small_boat.hpp"

namespace headland::study {
namespace {

constexpr double metres_per_mile = 1852.0;

double share_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
}

// "1.5 to 2.3", where it is not reached nearer; "> 8.5", where it is reached to the last ring.
std::string range_text(const Curve& curve, std::size_t boat, bool confirmed, double share) {
  const double range_m = range_of_share(curve, boat, confirmed, share);
  if (range_m <= 0.0) return "none";
  const double nearest_m = nearest_of_share(curve, boat, confirmed, share);
  const bool to_the_end = range_m >= curve.points.back().range_m - 1.0;
  return fmt::format("{}{}{:.1f}", nearest_m > 0.0 ? fmt::format("{:.1f} to ", nearest_m / metres_per_mile) : "",
                     to_the_end ? "> " : "", range_m / metres_per_mile);
}

}  // namespace

std::string to_csv(const Plan& plan, const std::vector<Curve>& curves) {
  std::string text =
      "radar,weather,sea_state,rain_mm_h,way,setting,confirm_existence,confirm_plots,false_rate_held,boat,rcs_m2,"
      "height_m,range_nm,"
      "turns,detected,boats,confirmed,confirmed_by_default\n";
  for (const auto& c : curves) {
    for (const auto& p : c.points) {
      const auto& boat = plan.boats[p.boat];
      text += fmt::format("\"{}\",\"{}\",{},{},{},\"{}\",{},{},{},{},{},{},{:.2f},{},{},{},{},{}\n", c.radar,
                          c.weather.name, c.weather.sea_state, c.weather.rain_mm_h, name_of(c.way), c.setting.name,
                          confirmation_at(c.confirmation).existence, confirmation_at(c.confirmation).plots,
                          c.held ? 1 : 0, boat.name, boat.rcs_m2, boat.height_m, p.range_m / metres_per_mile, p.turns,
                          p.detected, p.boats, p.confirmed, p.confirmed_by_default);
    }
  }
  return text;
}

std::string to_json(const Plan& plan, const std::vector<Curve>& curves) {
  std::string text = "{\n  \"curves\": [\n";
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const auto& c = curves[i];
    text += fmt::format(
        "    {{\"radar\": \"{}\", \"sea_state\": {}, \"rain_mm_h\": {}, \"way\": \"{}\", \"setting\": \"{}\", "
        "\"confirm_existence\": {}, \"confirm_plots\": {}, "
        "\"false_rate_held\": {}, \"plots_by_chance\": {:.5f}, \"paths_refused\": {},\n     \"false_tracks\": [",
        c.radar, c.weather.sea_state, c.weather.rain_mm_h, name_of(c.way), c.setting.name,
        confirmation_at(c.confirmation).existence, confirmation_at(c.confirmation).plots, c.held, c.by_chance,
        c.paths_refused);
    for (std::size_t r = 0; r < c.rates.size(); ++r) {
      const auto& f = c.rates[r];
      text += fmt::format(
          "{}{{\"confirm_existence\": {}, \"confirm_plots\": {}, \"tracks\": {}, \"hours_of_100_nm2\": {:.3f}, "
          "\"rate\": {:.2f}, \"fitted\": "
          "{:.2f}, \"from\": "
          "{:.2f}, "
          "\"to\": {:.2f}}}",
          r == 0 ? "" : ", ", f.confirmation.existence, f.confirmation.plots, f.tracks, f.hours_of_100_nm2, f.rate(),
          f.fitted, f.lowest(), f.highest());
    }
    text += "],\n     \"least_false_rate_by_setting\": {";
    for (std::size_t r = 0; r < c.tried.size(); ++r) {
      text += fmt::format("{}\"{}\": {:.2f}", r == 0 ? "" : ", ", c.tried[r].first, c.tried[r].second);
    }
    text += "},\n     \"false_by_half_mile\": [";
    for (std::size_t k = 0; k < c.false_by_ring.size(); ++k) {
      text += fmt::format("{}{}", k == 0 ? "" : ", ", c.false_by_ring[k]);
    }
    text += "],\n     \"ranges_nm\": {";
    for (std::size_t b = 0; b < plan.boats.size(); ++b) {
      text += fmt::format(
          "{}\"{}\": {{\"detected_half\": {:.2f}, \"detected_0.8\": {:.2f}, \"confirmed_0.8\": {:.2f}}}",
          b == 0 ? "" : ", ", plan.boats[b].name, range_of_share(c, b, false, 0.5) / metres_per_mile,
          range_of_share(c, b, false, 0.8) / metres_per_mile, range_of_share(c, b, true, 0.8) / metres_per_mile);
    }
    text += "},\n     \"points\": [";
    for (std::size_t k = 0; k < c.points.size(); ++k) {
      const auto& p = c.points[k];
      text += fmt::format("{}[{}, {:.2f}, {:.3f}, {:.3f}, {:.3f}, {}]", k == 0 ? "" : ", ", plan.boats[p.boat].rcs_m2,
                          p.range_m / metres_per_mile, share_of(p.detected, p.turns), share_of(p.confirmed, p.boats),
                          share_of(p.confirmed_by_default, p.boats), p.boats);
    }
    text += fmt::format("]}}{}\n", i + 1 < curves.size() ? "," : "");
  }
  return text +
         "  ],\n  \"point\": [\"rcs_m2\", \"range_nm\", \"detected_a_turn\", \"confirmed_in_a_minute\", "
         "\"boats\"]\n}\n";
}

std::string to_table(const Plan& plan, const std::vector<Curve>& curves) {
  std::string text =
      "| radar | weather | line | setting | false tracks as the tracker confirms | confirmed from, false tracks (95 %) "
      "|";
  for (const auto& boat : plan.boats) text += fmt::format(" {}: 0.8 a turn, 0.8 in a minute, NM |", boat.name);
  text += "\n|---|---|---|---|---|---|";
  for (std::size_t b = 0; b < plan.boats.size(); ++b) text += "---|";
  text += "\n";
  for (const auto& c : curves) {
    const auto& f = c.rates[c.confirmation];
    text += fmt::format(
        "| {} | {} | {} | {} | {:.1f} | {}, {} plots: {}{:.1f} ({:.1f} to {:.1f}; by the line {:.2f}) |", c.radar,
        c.weather.name, name_of(c.way), c.setting.name, c.rate_by_default, f.confirmation.existence,
        f.confirmation.plots, c.held ? "" : "not held, ", f.rate(), f.lowest(), f.highest(), f.fitted);
    for (std::size_t b = 0; b < plan.boats.size(); ++b) {
      text += fmt::format(" {}, {} |", range_text(c, b, false, 0.8), range_text(c, b, true, 0.8));
    }
    text += "\n";
  }
  return text;
}

}  // namespace headland::study
