// SPDX-License-Identifier: Apache-2.0
// What differs is believed when it was said twice: a bit may fall over on the air.
#include <algorithm>
#include <string>

#include "core/rules/memory/memory_update.hpp"

namespace headland::rules {
namespace {

ShortText short_text(std::string_view text) {
  ShortText out{};
  std::copy_n(text.begin(), std::min(text.size(), out.size() - 1), out.begin());
  return out;
}

// True where `said` took the place of what was known.
bool take(IdentityWatch::Field& field, std::string_view said, Timestamp received) {
  if (said.empty()) return false;
  const ShortText text = short_text(said);
  if (field.known == ShortText{} || text == field.known) {
    field.known = text;
    field.news = {};
    return false;
  }
  if (text != field.news) {
    field.news = text;
    field.news_at = received;
    return false;
  }
  return received > field.news_at;
}

void watch(IdentityWatch& w, IdentityWatch::Field& field, IdentityEvidence::What what, std::string_view said,
           Timestamp received) {
  if (!take(field, said, received)) return;
  w.found = IdentityEvidence{what, field.known, field.news};
  w.found_at = received;
  field.known = field.news;
  field.news = {};
}

}  // namespace

void watch_identity(const Vessel& v, IdentityWatch& w) {
  const auto& said = v.track->particulars;
  if (!said || v.track->particulars_received == w.received) return;
  w.received = v.track->particulars_received;
  if (said->callsign) watch(w, w.callsign, IdentityEvidence::What::callsign, *said->callsign, w.received);
  if (said->name) watch(w, w.name, IdentityEvidence::What::name, *said->name, w.received);
  if (said->imo && *said->imo != 0) {
    watch(w, w.imo, IdentityEvidence::What::imo, std::to_string(*said->imo), w.received);
  }
}

}  // namespace headland::rules
