// SPDX-License-Identifier: Apache-2.0
// The curves of a study as a picture, SVG.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/study/small_boat.hpp"

namespace headland::study {
namespace {

constexpr double metres_per_mile = 1852.0;
constexpr double panel_wide = 360.0;
constexpr double panel_high = 130.0;
constexpr double left = 60.0;
constexpr double top = 64.0;
constexpr double gap_x = 50.0;
constexpr double gap_y = 44.0;
constexpr std::array colours{"#c05621", "#2b6cb0", "#2f855a", "#6b46c1"};

struct Panel {
  double x, y;
  double miles;  // of the whole width
  [[nodiscard]] double at_x(double range_m) const { return x + panel_wide * range_m / metres_per_mile / miles; }
  [[nodiscard]] double at_y(double share) const { return y + panel_high * (1.0 - share); }
};

void frame(std::string& svg, const Panel& p, const std::string& title) {
  svg += fmt::format("<rect x='{:.0f}' y='{:.0f}' width='{:.0f}' height='{:.0f}' fill='none' stroke='#8a8f98'/>\n", p.x,
                     p.y, panel_wide, panel_high);
  svg += fmt::format("<text x='{:.0f}' y='{:.0f}'>{}</text>\n", p.x, p.y - 6.0, title);
  for (const double share : {0.0, 0.5, 0.8, 1.0}) {
    svg += fmt::format("<line x1='{:.0f}' x2='{:.0f}' y1='{:.1f}' y2='{:.1f}' stroke='#d0d4da'/>\n", p.x,
                       p.x + panel_wide, p.at_y(share), p.at_y(share));
    svg +=
        fmt::format("<text x='{:.0f}' y='{:.1f}' text-anchor='end'>{}</text>\n", p.x - 5.0, p.at_y(share) + 4.0, share);
  }
  for (int mile = 0; mile <= static_cast<int>(p.miles); ++mile) {
    const double x = p.at_x(mile * metres_per_mile);
    svg += fmt::format("<line x1='{:.1f}' x2='{:.1f}' y1='{:.0f}' y2='{:.0f}' stroke='#8a8f98'/>\n", x, x,
                       p.y + panel_high, p.y + panel_high + 4.0);
    svg +=
        fmt::format("<text x='{:.1f}' y='{:.0f}' text-anchor='middle'>{}</text>\n", x, p.y + panel_high + 16.0, mile);
  }
}

void line(std::string& svg, const Panel& p, const Curve& curve, std::size_t boat, bool confirmed) {
  std::string points;
  for (const auto& q : curve.points) {
    const std::uint64_t of = confirmed ? q.boats : q.turns;
    if (q.boat != boat || of == 0) continue;
    const double share = static_cast<double>(confirmed ? q.confirmed : q.detected) / static_cast<double>(of);
    points += fmt::format("{:.1f},{:.1f} ", p.at_x(q.range_m), p.at_y(share));
  }
  const bool integrated = curve.way == Way::track_before_detect;
  svg += fmt::format("<polyline points='{}' fill='none' stroke='{}' stroke-width='1.8'{}/>\n", points,
                     colours[boat % colours.size()], integrated ? " stroke-dasharray='6 3'" : "");
}

void legend(std::string& svg, const Plan& plan) {
  double x = left;
  for (std::size_t b = 0; b < plan.boats.size(); ++b) {
    svg += fmt::format("<line x1='{:.0f}' x2='{:.0f}' y1='36' y2='36' stroke='{}' stroke-width='3'/>", x, x + 22.0,
                       colours[b % colours.size()]);
    svg += fmt::format("<text x='{:.0f}' y='40'>{}, {} m high</text>\n", x + 27.0, plan.boats[b].name,
                       plan.boats[b].height_m);
    x += 140.0;
  }
  svg += fmt::format("<text x='{:.0f}' y='40'>dashed: with track-before-detect</text>\n", x + 10.0);
}

}  // namespace

std::string to_svg(const Plan& plan, const std::vector<Curve>& curves, const std::string& radar) {
  double miles = 1.0;
  for (const auto& c : curves) {
    if (c.radar != radar) continue;
    for (const auto& p : c.points) miles = std::max(miles, p.range_m / metres_per_mile + 0.3);
  }
  const double wide = left + 2.0 * panel_wide + gap_x + 20.0;
  const double high = top + static_cast<double>(plan.weathers.size()) * (panel_high + gap_y) + 10.0;
  std::string svg = fmt::format(
      "<svg xmlns='http://www.w3.org/2000/svg' width='{0:.0f}' height='{1:.0f}' viewBox='0 0 {0:.0f} {1:.0f}' "
      "font-family='sans-serif' font-size='11'>\n<rect width='100%' height='100%' fill='white'/>\n"
      "<text x='{2:.0f}' y='20' font-size='14'>{3}</text>\n",
      wide, high, left, radar);
  legend(svg, plan);
  for (std::size_t w = 0; w < plan.weathers.size(); ++w) {
    const double y = top + static_cast<double>(w) * (panel_high + gap_y);
    for (const bool confirmed : {false, true}) {
      const Panel panel{left + (confirmed ? panel_wide + gap_x : 0.0), y, miles};
      bool held = true;
      for (const auto& c : curves)
        held = held && (c.radar != radar || c.weather.name != plan.weathers[w].name || c.held);
      frame(
          svg, panel,
          fmt::format("{}: {}, by miles{}", plan.weathers[w].name,
                      confirmed ? "confirmed within a minute" : "detected in a turn", held ? "" : " (rate not held)"));
      for (const auto& c : curves) {
        if (c.radar != radar || c.weather.name != plan.weathers[w].name) continue;
        if (!confirmed && c.way == Way::track_before_detect) continue;  // the same detections
        for (std::size_t b = 0; b < plan.boats.size(); ++b) line(svg, panel, c, b, confirmed);
      }
    }
  }
  return svg + "</svg>\n";
}

}  // namespace headland::study
