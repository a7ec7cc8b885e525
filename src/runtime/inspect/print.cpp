// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/inspect/report.hpp"

namespace headland::inspect {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json to_json(const StreamReport& s) {
  Json j;
  j["protocol"] = s.protocol;
  j["source"] = s.source;
  j["datagrams"] = s.datagrams;
  j["spokes"] = s.spokes;
  j["turns"] = s.turns;
  j["seconds_per_turn"] = or_null(s.seconds_per_turn);
  j["gaps"] = s.gaps;
  j["ranges_m"] = s.ranges_m;
  j["cell_m"] = s.cell_m;
  j["heading"] = {{"kind", s.heading.kind}, {"deg", or_null(s.heading.deg)}};
  if (s.position) {
    j["position"] = {{"lat_deg", s.position->position.latitude_deg()},
                     {"lon_deg", s.position->position.longitude_deg()},
                     {"from", s.position->from}};
  } else {
    j["position"] = nullptr;
  }
  j["messages"] = Json(s.messages);
  j["rejected"] = Json(s.rejected);
  if (!s.rejects.empty()) {
    j["rejects"] = Json::array();
    for (const RejectExample& e : s.rejects) {
      j["rejects"].push_back({{"reason", e.reason}, {"datagram", e.datagram}, {"offset", e.offset}});
    }
  }
  if (s.values > 0) j["values"] = s.values;
  return j;
}

// Lengths as a person reads them: "98 m, 231 m ... 72.7 km (18)".
std::string length_text(double m) {
  return m < 10'000 ? fmt::format("{:.0f} m", m) : fmt::format("{:.1f} km", m / 1000);
}
std::string ranges_text(const std::vector<double>& ranges) {
  if (ranges.size() == 1) return length_text(ranges[0]);
  return fmt::format("{} to {} ({} ranges)", length_text(ranges.front()), length_text(ranges.back()), ranges.size());
}
std::string counts_text(const Counts& counts) {
  std::string text;
  for (const auto& [name, count] : counts) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, count);
  return text;
}

// Why so much of a stream is refused, where that can be told; else empty.
std::string note_of(const StreamReport& s) {
  std::uint64_t unfit = 0;
  for (const char* reason : {"bad-field-spec", "truncated-item", "undefined-item"}) {
    const auto known = s.rejected.find(reason);
    if (known != s.rejected.end()) unfit += known->second;
  }
  if (!s.protocol.starts_with("asterix-") || 4 * unfit < s.datagrams) return {};
  return fmt::format(
      "{} of {} datagrams do not fit the edition of the standard that is read (docs/formats/asterix.md): the sender "
      "writes "
      "another one, and what does fit may be read wrongly",
      unfit, s.datagrams);
}

void write_stream(const StreamReport& s, std::ostream& out) {
  out << fmt::format("  {} from {}: {} datagrams\n", s.protocol, s.source, s.datagrams);
  if (s.spokes > 0) {
    out << fmt::format("    {} spokes, {} turns", s.spokes, s.turns);
    if (s.seconds_per_turn)
      out << fmt::format(" of {:.2f} s ({:.1f} rpm)", *s.seconds_per_turn, 60 / *s.seconds_per_turn);
    if (s.gaps > 0) out << fmt::format(", {} gaps", s.gaps);
    out << "\n    range " << ranges_text(s.ranges_m);
    if (!s.cell_m.empty()) out << fmt::format(", cells of {:.3g} m", s.cell_m.front());
    if (s.cell_m.size() > 1) out << fmt::format(" to {:.3g} m", s.cell_m.back());
    out << "\n";
  }
  if (s.heading.deg) out << fmt::format("    heading {:.1f} deg {}\n", *s.heading.deg, s.heading.kind);
  if (!s.messages.empty()) out << "    messages: " << counts_text(s.messages) << "\n";
  if (s.values > 0) out << fmt::format("    {} values\n", s.values);
  if (!s.rejected.empty()) out << "    rejected: " << counts_text(s.rejected) << "\n";
  if (const auto note = note_of(s); !note.empty()) out << "    " << note << "\n";
  for (const RejectExample& e : s.rejects) {
    out << fmt::format("      {}: datagram {}, byte {}\n", e.reason, e.datagram, e.offset);
  }
}

}  // namespace

void write_json(const std::vector<FileReport>& files, std::ostream& out) {
  Json all;
  all["files"] = Json::array();
  for (const FileReport& f : files) {
    Json j;
    j["path"] = f.path;
    j["kind"] = f.kind;
    j["duration_s"] = f.duration_s;
    j["streams"] = Json::array();
    for (const StreamReport& s : f.streams) j["streams"].push_back(to_json(s));
    j["unrecognised"] = f.unrecognised;
    j["rejected"] = Json(f.rejected);
    all["files"].push_back(std::move(j));
  }
  // Bytes of the wire may stand in names of sentences: what is no UTF-8 is replaced.
  out << all.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

void write_text(const std::vector<FileReport>& files, std::ostream& out) {
  for (const FileReport& f : files) {
    out << fmt::format("{}: {}, {:.1f} s\n", f.path, f.kind, f.duration_s);
    for (const StreamReport& s : f.streams) write_stream(s, out);
    const auto with_position =
        std::ranges::find_if(f.streams, [](const StreamReport& s) { return s.position.has_value(); });
    if (with_position != f.streams.end()) {
      const auto& p = *with_position->position;
      out << fmt::format("  own position {:.5f} {:.5f} (from {})\n", p.position.latitude_deg(),
                         p.position.longitude_deg(), p.from);
    }
    if (f.unrecognised > 0) out << fmt::format("  {} datagrams of other protocols\n", f.unrecognised);
    if (!f.rejected.empty()) out << "  not used of the file: " << counts_text(f.rejected) << "\n";
    if (f.streams.empty()) out << "  nothing known in it\n";
  }
}

}  // namespace headland::inspect
