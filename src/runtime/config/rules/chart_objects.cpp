// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/rules/chart_objects.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace headland::config {
namespace {

using rules::ZoneKind;

// Sovereign limits of charts (TESARE, CONZNE, EXEZNE) are areas: whose they are, the chart says by NATION; limits that
// are to be right to a metre come from baselines instead.
constexpr std::array<ChartObject, 22> objects = {
    {{4, "ACHARE", ZoneKind::anchorage}, {20, "CBLARE", ZoneKind::area},  {22, "CBLSUB", ZoneKind::cable},
     {27, "CTNARE", ZoneKind::area},     {31, "CONZNE", ZoneKind::area},  {42, "DEPARE", ZoneKind::depth},
     {46, "DRGARE", ZoneKind::depth},    {50, "EXEZNE", ZoneKind::area},  {56, "FSHGRD", ZoneKind::fishing_ground},
     {63, "HRBARE", ZoneKind::port},     {68, "ISTZNE", ZoneKind::area},  {82, "MARCUL", ZoneKind::area},
     {83, "MIPARE", ZoneKind::area},     {87, "OFSPLF", ZoneKind::point}, {92, "PIPARE", ZoneKind::area},
     {94, "PIPSOL", ZoneKind::cable},    {96, "PRCARE", ZoneKind::area},  {112, "RESARE", ZoneKind::area},
     {135, "TESARE", ZoneKind::area},    {147, "TSSCRS", ZoneKind::area}, {148, "TSSLPT", ZoneKind::lane},
     {150, "TSEZNE", ZoneKind::area}}};
constexpr double safety_zone_m = 500.0;  // about installations at sea: UNCLOS 60 (5)

}  // namespace

std::span<const ChartObject> chart_objects() { return objects; }

bool take_chart_object(GeoFeature& feature, rules::Zone& zone) {
  const auto known = std::ranges::find(objects, feature.object_class.value_or(0), &ChartObject::number);
  if (known == objects.end()) return false;
  zone.kind = known->kind;
  const auto shape = known->kind == ZoneKind::cable   ? GeoFeature::Shape::path
                     : known->kind == ZoneKind::point ? GeoFeature::Shape::point
                                                      : GeoFeature::Shape::area;
  if (feature.shape != shape) return false;
  if (known->kind == ZoneKind::lane) {
    if (!feature.orientation_deg) return false;
    zone.direction_deg = std::fmod(*feature.orientation_deg + 360.0, 360.0);
  }
  if (known->kind == ZoneKind::depth) {
    if (!feature.depth_m) return false;
    zone.depth_m = *feature.depth_m;
  }
  if (known->kind == ZoneKind::point) zone.radius_m = safety_zone_m;
  feature.name =
      feature.name.empty() ? std::string(known->acronym) : fmt::format("{} {}", known->acronym, feature.name);
  return true;
}

}  // namespace headland::config
