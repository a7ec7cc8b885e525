// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/scene.hpp"

namespace headland::scenario {
namespace {

struct Usual {
  VesselKind kind;
  double length_m, beam_m, height_m, draught_m, rcs_m2, speed_kn;
  AisEquipment ais;
  Behaviour behaviour;
};

// Small craft after measured and prescribed values: 5.2 m zodiac 1.4 m2, its middle 0.5 m above the sea (Terma), 10 m
// boat without reflector 2.5 m2, IMO reflector 7.5 m2 at 4 m, buoy with reflector 10 m2 (MSC.192(79)). Ships: order of
// magnitude of the rule 52 sqrt(f) D^1.5 (Skolnik, Introduction to Radar Systems, 3rd ed., 2.8) at grazing angle,
// lowered as the mean over aspects.
constexpr Usual table[] = {
    {VesselKind::tanker, 245, 42, 32, 12.5, 12'000, 12.5, AisEquipment::class_a, Behaviour::route},
    {VesselKind::container_ship, 294, 32, 45, 11.5, 20'000, 17.0, AisEquipment::class_a, Behaviour::route},
    {VesselKind::cargo_ship, 110, 18, 22, 6.0, 2'500, 11.0, AisEquipment::class_a, Behaviour::route},
    {VesselKind::ferry, 85, 16, 20, 4.0, 2'000, 14.0, AisEquipment::class_a, Behaviour::route},
    {VesselKind::tug, 28, 9, 12, 4.0, 150, 6.0, AisEquipment::class_a, Behaviour::route},
    {VesselKind::barge, 75, 20, 6, 3.0, 250, 6.0, AisEquipment::none, Behaviour::towed},
    {VesselKind::pilot_boat, 14, 4.5, 5, 1.4, 15, 18.0, AisEquipment::class_a, Behaviour::route},
    {VesselKind::trawler, 26, 7, 9, 3.0, 80, 3.5, AisEquipment::class_b, Behaviour::route},
    {VesselKind::fishing_boat, 9, 2.2, 2.0, 0.6, 2.5, 7.0, AisEquipment::none, Behaviour::fishing},
    {VesselKind::speedboat, 6, 2.0, 1.2, 0.4, 1.4, 24.0, AisEquipment::none, Behaviour::route},
    {VesselKind::yacht, 13, 4.0, 12, 2.0, 6, 6.5, AisEquipment::class_b, Behaviour::route},
    {VesselKind::buoy, 3, 3.0, 3.5, 0.0, 10, 0.0, AisEquipment::none, Behaviour::fixed},
    {VesselKind::zodiac, 5.2, 2.0, 0.9, 0.4, 1.4, 20.0, AisEquipment::none, Behaviour::route},
    {VesselKind::reflector, 1, 1.0, 4.0, 0.0, 7.5, 0.0, AisEquipment::none, Behaviour::fixed},
};

}  // namespace

VesselSpec usual(VesselKind kind) {
  VesselSpec spec;
  spec.kind = kind;
  for (const auto& u : table) {
    if (u.kind != kind) continue;
    spec.length_m = u.length_m;
    spec.beam_m = u.beam_m;
    spec.height_m = u.height_m;
    spec.draught_m = u.draught_m;
    spec.rcs_m2 = u.rcs_m2;
    spec.speed_mps = from_knots(u.speed_kn).value();
    spec.ais = u.ais;
    spec.behaviour = u.behaviour;
    if (kind == VesselKind::reflector) {
      spec.fluctuation = Fluctuation::steady;
      spec.reflects_at_top = true;
    }
  }
  return spec;
}

}  // namespace headland::scenario
