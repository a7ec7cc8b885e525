// SPDX-License-Identifier: Apache-2.0
#include "core/rules/vessel/trust_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "core/base/units.hpp"

namespace headland::rules {
namespace {

struct Words {
  std::string_view what, unit, bound;  // "what VALUE unit (bound LIMIT unit)"
  double per_unit = 1.0;
};

// In order of TrustEvidence.
constexpr std::array<Words, trust_evidence_count> words = {{
    {"on one radar track for", " s", "needed"},
    {"the echo is off the place it says by", " m", "limit"},
    {"no echo in scans:", "", "limit"},
    {"it says to be out of reach of the receiver, at", " NM", "limit", metres_per_nautical_mile},
    {"it jumped", " NM", "reachable", metres_per_nautical_mile},
    {"it says a speed of", " kn", "limit", mps_per_knot},
    {"it is heard from two places apart by", " NM", "limit", metres_per_nautical_mile},
    {"changes of name, call sign or IMO number:", "", "limit"},
    {"its size changed by", " m", "limit"},
    {"heading and course differ by", "\u00b0", "limit"},
    {"speed said and way made differ by", " kn", "limit", mps_per_knot},
    {"it says a speed and moved only", " m", "its speed makes"},
    {"it goes round in circles, degrees turned:", "", "limit"},
    {"it says a length of", " m", "its echo"},
    {"its fix is not of satellites, code", "", "limit"},
}};

std::string number(double value) {
  char text[48];
  const int n = std::snprintf(text, sizeof(text), std::abs(value) < 100.0 ? "%.1f" : "%.0f", value);
  return {text, static_cast<std::size_t>(std::max(0, n))};
}

std::string text_of(const TrustReason& reason) {
  const auto kind = static_cast<std::size_t>(reason.kind);
  if (kind >= words.size()) return {};
  const Words& w = words[kind];
  std::string out(w.what);
  out += " " + number(reason.value / w.per_unit);
  out += w.unit;
  out += " (";
  out += w.bound;
  out += " " + number(reason.limit / w.per_unit);
  out += w.unit;
  return out + ")";
}

}  // namespace

std::string trust_text(const TrustFinding& e) {
  std::string out = "sends AIS that is not to be believed";
  if (e.score < 1.0) out += " (trust " + number(100.0 * e.score) + " %, limit " + number(100.0 * e.limit) + " %)";
  std::string_view before = ": ";
  for (std::uint32_t i = 0; i < e.reason_count && i < e.reasons.size(); ++i) {
    out += before;
    out += text_of(e.reasons[i]);
    before = "; ";
  }
  if (e.missing_echo_scans > 0.0) {
    out += before;
    out += "radar sees nothing there in " + number(e.missing_echo_scans) +
           " looks, where it would see such a vessel in " + number(100.0 * e.visible_probability) + " % of them";
  }
  return out;
}

}  // namespace headland::rules
