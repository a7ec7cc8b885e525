// SPDX-License-Identifier: Apache-2.0
#include "io/store/alert_rows.hpp"

#include <cmath>
#include <sstream>

namespace headland::store {
namespace {

// A name may hold any byte; a line ends where it ends.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r' || c == '\0') c = ' ';
  }
  return text;
}

template <class Take>
void for_each_line(const std::string& text, Take take) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) take(line);
}

}  // namespace

std::string text_of(const std::vector<AlertSubject>& subjects) {
  std::string out;
  for (const AlertSubject& s : subjects) {
    out += std::to_string(s.track.value()) + ' ' + std::to_string(s.mmsi.value()) + ' ' + one_line(s.name) + '\n';
  }
  return out;
}

std::string text_of(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += one_line(name) + '\n';
  return out;
}

std::string text_of(const std::vector<GeoPosition>& way) {
  std::string out;
  for (const GeoPosition& p : way) {
    out += std::to_string(std::llround(p.latitude_deg() * 1e7)) + ' ' +
           std::to_string(std::llround(p.longitude_deg() * 1e7)) + '\n';
  }
  return out;
}

std::vector<AlertSubject> subjects_of(const std::string& text) {
  std::vector<AlertSubject> out;
  for_each_line(text, [&out](const std::string& line) {
    std::istringstream in(line);
    std::uint32_t track = 0;
    std::uint32_t mmsi = 0;
    if (!(in >> track >> mmsi)) return;
    AlertSubject s{SystemTrackId(track), Mmsi(mmsi), {}};
    in.get();
    std::getline(in, s.name);
    out.push_back(std::move(s));
  });
  return out;
}

std::vector<std::string> names_of(const std::string& text) {
  std::vector<std::string> out;
  for_each_line(text, [&out](const std::string& line) { out.push_back(line); });
  return out;
}

std::vector<GeoPosition> way_of(const std::string& text) {
  std::vector<GeoPosition> out;
  for_each_line(text, [&out](const std::string& line) {
    std::istringstream in(line);
    double latitude_e7 = 0.0;
    double longitude_e7 = 0.0;
    if (in >> latitude_e7 >> longitude_e7)
      out.push_back(GeoPosition::from_degrees(latitude_e7 / 1e7, longitude_e7 / 1e7));
  });
  return out;
}

}  // namespace headland::store
