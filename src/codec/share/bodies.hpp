// SPDX-License-Identifier: Apache-2.0
// Bodies of the HTTP answers: GeoJSON (RFC 7946) of the picture and the land, JSON of the history.
#pragma once

#include <span>
#include <string>

#include "core/geo/local_frame.hpp"
#include "core/geo/polygon.hpp"
#include "core/picture/history.hpp"
#include "core/picture/picture.hpp"

namespace headland::share {

// A FeatureCollection, a Point a system track; properties carry their units in their names.
[[nodiscard]] std::string picture_geojson(const Picture& picture, const LocalFrame& plane);
// Land for filling: a Polygon a piece of land or island in a lake (property "level": 1 or 3), lakes
// and ponds as holes. Pieces are cut at whole degrees, so their outlines are not the coast.
[[nodiscard]] std::string land_geojson(const CoastPolygons& polygons);
// The coast for drawing: one MultiLineString of all shores (of lakes, too), without those cuts.
[[nodiscard]] std::string coast_geojson(const CoastPolygons& polygons);
// {"tracks":[{"id","name"?,"mmsi"?,"points":[[time_s,lon,lat,speed_mps|null,course_deg|null]…]}]}
[[nodiscard]] std::string history_json(std::span<const TrackHistory> tracks);
// {"events":[{"time_s","kind","subject","text"}…]}
[[nodiscard]] std::string events_json(std::span<const HistoryEvent> events);

}  // namespace headland::share
