// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>

namespace headland::app {

// Reads the objects of an S-57 cell that mean something to rules, by ogr2ogr (package gdal-bin), and writes them as
// GeoJSON for a zone of kind "chart". Returns an exit code.
int rules_zones(const std::string& cell, const std::string& to, std::ostream& out, std::ostream& err);

}  // namespace headland::app
