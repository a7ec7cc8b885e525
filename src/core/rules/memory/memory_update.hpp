// SPDX-License-Identifier: Apache-2.0
// Takes what a picture says of a vessel into its memory.
#pragma once

#include "core/rules/scene.hpp"

namespace headland::rules {

// Motion, path, reports; once for each picture, before the evaluators.
void remember(const Vessel& v, Timestamp now, Memory& m);
// Stays in zones and crossings of lines.
void remember_places(const Scene& scene, const Vessel& v, Memory& m);
// Positions that cannot follow one another (jump_watch.cpp).
void watch_jumps(const Vessel& v, JumpWatch& watch);
// Names, call signs and IMO numbers that change (identity_watch.cpp).
void watch_identity(const Vessel& v, IdentityWatch& watch);

// Counts where it went as traffic, and asks what is usual where it is (routes/route_watch.cpp). `ask`: a rule wants it.
void watch_route(const Vessel& v, Timestamp now, bool ask, RouteModel& model, RouteWatch& watch);

}  // namespace headland::rules
