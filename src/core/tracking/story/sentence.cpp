// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>

#include "core/tracking/story/story.hpp"

namespace headland::tracking {
namespace {

std::string fixed(double value, int decimals) {
  std::array<char, 48> text{};
  (void)std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

std::string two_digits(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string clock_text(Timestamp t) {
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::int64_t tenths = (t - day).count() / 100'000'000;
  return two_digits(tenths / 36000) + ":" + two_digits(tenths / 600 % 60) + ":" + two_digits(tenths / 10 % 60) + "." +
         std::to_string(tenths % 10);
}

std::string span_text(const Fact& f) {
  if (f.first == f.last) return "at " + clock_text(f.first);
  return "from " + clock_text(f.first) + " to " + clock_text(f.last);
}

std::string place_text(EastNorth p) {
  return fixed(p.east.value(), 0) + " m east, " + fixed(p.north.value(), 0) + " m north";
}

std::string number_text(TrackId id) { return "track " + std::to_string(id.value()); }

std::string counted(std::uint32_t n, const char* one) { return std::to_string(n) + " " + one + (n == 1 ? "" : "s"); }

// Never "1.00" of what is only nearly certain.
std::string probability_text(double p) {
  if (p > 0.995 && p < 1.0) return "over 0.99";
  return fixed(p, 2);
}

std::string end_text(const Fact& f) {
  std::string when = "ended at " + clock_text(f.last) + " because ";
  switch (f.reason) {
    case EndReason::unlikely:
      return when + "its existence fell to " + probability_text(f.value);
    case EndReason::not_seen:
      return when + "no plot came for " + fixed(f.value, 0) + " s";
    case EndReason::faded:
      return when + "its plots ceased before it was confirmed (existence " + probability_text(f.value) + ")";
    case EndReason::recognised:
      return when + "it was recognised as " + number_text(f.other) + " (probability " + probability_text(f.value) + ")";
    case EndReason::dropped:
      return when + "an operator dropped it";
    case EndReason::twin:
      return when + "its plots were those of " + number_text(f.other) + ", look after look: one vessel";
  }
  return when;
}

// The first plots are told together.
std::string first_text(const std::vector<Fact>& facts) {
  if (!facts.empty() && facts.front().kind == FactKind::initiated) return to_text(facts.front());
  if (facts.empty() || facts.front().kind != FactKind::plot) return "began";
  const Fact& first = facts.front();
  std::size_t plots = 1;
  while (plots < facts.size() && facts[plots].kind == FactKind::plot) ++plots;
  std::string text = "was initiated at " + clock_text(first.first) + " by a plot " + place_text(first.place);
  if (plots > 1)
    text += " (the next " + std::to_string(plots - 1) + " until " + clock_text(facts[plots - 1].first) + ")";
  return text;
}

}  // namespace

std::string to_text(const Fact& f) {
  switch (f.kind) {
    case FactKind::plot:
      return "plot at " + clock_text(f.first) + ", " + place_text(f.place);
    case FactKind::confirmed:
      return "was confirmed at " + clock_text(f.first) + " with existence " + probability_text(f.value);
    case FactKind::missed:
      return "missed " + counted(f.count, "scan") + " " + span_text(f) + ": not seen";
    case FactKind::hidden:
      return "missed " + counted(f.count, "scan") + " " + span_text(f) + " in the shadow of " + number_text(f.other);
    case FactKind::blind:
      return "was not looked at in " + counted(f.count, "scan") + " " + span_text(f) + ": blind sector";
    case FactKind::faded:
      return "faded in " + counted(f.count, "single scan") + " " + span_text(f);
    case FactKind::shared:
      return "shared " + counted(f.count, "plot") + " with " + number_text(f.other) + " " + span_text(f);
    case FactKind::returned:
      return "came back at " + clock_text(f.last) + " after " + fixed(to_seconds(f.last - f.first).value(), 0) +
             " s without plots, as " + number_text(f.other) + " at first, and got its number back with probability " +
             probability_text(f.value);
    case FactKind::initiated:
      return "was initiated by an operator at " + clock_text(f.first) + ", " + place_text(f.place);
    case FactKind::exchanged:
      return "had changed places with " + number_text(f.other) + " when they met, and got its number back at " +
             clock_text(f.last) + ", for AIS tells the two apart";
    case FactKind::ended:
      return end_text(f);
  }
  return {};
}

std::string sentence(TrackId id, const Story& story) {
  const std::vector<Fact>& facts = story.facts();
  std::vector<std::string> parts{first_text(facts)};
  for (std::size_t k = 0; k < facts.size(); ++k) {
    if (k == Story::most_first && story.left_out() > 0)
      parts.push_back("(" + counted(story.left_out(), "fact") + " left out)");
    if (facts[k].kind == FactKind::plot || facts[k].kind == FactKind::initiated) continue;
    parts.push_back(to_text(facts[k]));
  }
  std::string text = "Track " + std::to_string(id.value()) + " ";
  for (std::size_t k = 0; k < parts.size(); ++k) {
    if (k > 0) text += k + 1 == parts.size() ? ", and " : ", ";
    text += parts[k];
  }
  return text + ".";
}

}  // namespace headland::tracking
