// SPDX-License-Identifier: Apache-2.0
#include "quality/exceedances.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <istream>
#include <limits>
#include <map>
#include <ostream>
#include <string_view>

namespace headland::quality {
namespace {

std::string number(double value) {
  char text[32];
  (void)std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

}  // namespace

std::vector<Known> read_known(std::istream& in) {
  std::vector<Known> out;
  for (std::string line; std::getline(in, line);) {
    const auto bar = line.find('|');
    Known known{trimmed(std::string_view(line).substr(0, bar)), std::numeric_limits<double>::quiet_NaN()};
    if (known.name.empty() || known.name.front() == '#') continue;
    if (bar != std::string::npos) {
      const char* begin = line.c_str() + bar + 1;
      char* end = nullptr;
      const double value = std::strtod(begin, &end);
      if (end != begin) known.value = value;
    }
    out.push_back(std::move(known));
  }
  return out;
}

void write_known(const std::vector<Figure>& figures, std::ostream& out) {
  out << "# Figures of tracks over their limits at 95 %, known and not mended yet: see test/quality/accuracy.cpp.\n"
         "# Written by `accuracy --renew`; the test compares names and values. Where the straight line through a\n"
         "# target's plots is over the limit, too, the plots do not allow it with these errors.\n"
         "# name | value | limit | straight line\n";
  for (const Figure& f : figures) {
    if (!f.over()) continue;
    out << f.name << " | " << number(f.value) << ' ' << f.unit << " | " << number(f.limit) << " | "
        << number(f.straight) << (f.straight > f.limit ? " (over)" : "") << '\n';
  }
}

std::vector<std::string> disagreements(const std::vector<Figure>& figures, const std::vector<Known>& known) {
  std::map<std::string, double> listed;
  std::vector<std::string> out;
  for (const Known& k : known) {
    if (!listed.emplace(k.name, k.value).second) out.push_back(k.name + ": listed twice");
  }
  for (const Figure& f : figures) {
    const auto found = listed.find(f.name);
    const std::string measured = f.name + ": " + number(f.value) + ' ' + f.unit + ", limit " + number(f.limit);
    if (found == listed.end()) {
      if (f.over()) out.push_back(measured + ": over, and not a known exceedance");
      continue;
    }
    if (!f.over()) {
      out.push_back(measured + ": met now; take it off the list");
    } else if (!(f.value <= worse_by * found->second)) {  // also where no value is listed
      out.push_back(measured + ": over, and much worse than the " + number(found->second) + " listed");
    }
    listed.erase(found);
  }
  for (const auto& [name, value] : listed) out.push_back(name + ": listed, but no such figure is measured");
  return out;
}

}  // namespace headland::quality
