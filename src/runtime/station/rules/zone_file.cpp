// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/zone_file.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "codec/share/zones/drawn_json.hpp"

namespace headland::station {
namespace {

namespace fs = std::filesystem;
constexpr std::uint32_t greatest_number = 1U << 30U;  // nobody draws so often: a file that says so is wrong

std::optional<std::string> text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

bool put(int fd, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return ::fsync(fd) == 0;
}

Expected<void> write_whole(const fs::path& file, const std::string& text) {
  const std::string fresh = file.string() + ".new";
  const auto failed = [&] {
    return fail(ErrorCode::io, fresh + ": cannot be written: " + std::strerror(errno) +
                                   "; check the folder, its permissions and the space on the disk");
  };
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return failed();
  if (!put(fd, text)) {
    auto error = failed();
    ::close(fd);
    return error;
  }
  ::close(fd);
  if (std::rename(fresh.c_str(), file.c_str()) != 0) return failed();
  // The name, too, must outlive a power failure.
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return failed();
  const bool is_safe = ::fsync(folder) == 0;
  ::close(folder);
  if (!is_safe) return failed();
  return {};
}

// Of zones that were read: the greatest number of them is found. What is wrong with one of them; empty: nothing.
std::string settle(rules::DrawnZones& set) {
  std::set<std::uint32_t> numbers;
  for (const auto& drawn : set.zones) {
    if (drawn.number == 0 || drawn.number >= greatest_number || !numbers.insert(drawn.number).second) {
      return fmt::format("zone '{}': its id must be a number of its own from 1 on", drawn.zone.name);
    }
    set.greatest = std::max(set.greatest, drawn.number);
    if (const auto fault = rules::fault_of(drawn); !fault.empty()) {
      return fmt::format("zone '{}': {}", drawn.zone.name, fault);
    }
  }
  return {};
}

}  // namespace

fs::path ZoneFile::file_of(std::uint32_t version) const {
  return folder_ / "zones" / (std::to_string(version) + ".geojson");
}

std::vector<std::uint32_t> ZoneFile::numbers() const {
  std::vector<std::uint32_t> out;
  std::error_code missing;
  for (fs::directory_iterator at(folder_ / "zones", missing), end; !missing && at != end; at.increment(missing)) {
    const auto& entry = *at;
    const std::string name = entry.path().stem().string();
    std::uint32_t number = 0;
    const auto [rest, fault] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool is_number = fault == std::errc() && rest == name.data() + name.size();
    if (is_number && entry.path().extension() == ".geojson") out.push_back(number);
  }
  std::ranges::sort(out, std::greater<>());
  return out;
}

Expected<rules::DrawnZones> ZoneFile::load() const {
  const auto text = text_of(file());
  std::error_code ignored;
  const auto kept = newest_kept();
  if (!text && !fs::exists(file(), ignored)) {
    rules::DrawnZones none;
    none.version = kept.version;
    none.greatest = kept.greatest;
    return none;
  }
  auto set = text ? share::parse_drawn_geojson(*text) : fail(ErrorCode::io, "cannot be read");
  const auto wrong = [&](const std::string& what) {
    return fail(ErrorCode::configuration, fmt::format("{}: {}; mend it, or copy a version from {} over it",
                                                      file().string(), what, (folder_ / "zones").string()));
  };
  if (!set) return wrong(set.error().detail);
  if (const auto fault = settle(*set); !fault.empty()) return wrong(fault);
  // An older version that was copied here goes on behind the newest: no version is written over, no number given twice.
  set->version = std::max(std::min(set->version, greatest_number), kept.version);
  set->greatest = std::max(std::min(set->greatest, greatest_number), kept.greatest);
  return set;
}

ZoneFile::InForce ZoneFile::newest_sound(const Error& fault) const {
  InForce out;
  std::string instead = "no zone that was drawn is in force";
  std::uint32_t unread = 0;  // newer versions that cannot be read: each may have given a number away
  for (const std::uint32_t number : numbers()) {
    const auto text = text_of(file_of(number));
    auto set = text ? share::parse_drawn_geojson(*text) : fail(ErrorCode::io, "");
    if (!set || !settle(*set).empty()) {
      ++unread;
      continue;
    }
    instead = fmt::format("version {} is in force in its place", number);
    out.zones = std::move(*set);
    break;
  }
  out.zones.version = std::max(std::min(out.zones.version, greatest_number), newest_kept().version);
  out.zones.greatest = std::min(out.zones.greatest, greatest_number - unread) + unread;
  out.trouble = fmt::format("{}, and start the station anew; until then {}. Drawing a zone replaces the file",
                            fault.detail, instead);
  const std::string copy = file().string() + ".damaged";
  std::error_code failed;
  fs::copy_file(file(), copy, fs::copy_options::overwrite_existing, failed);
  out.trouble += failed ? "; no copy of it could be made: " + failed.message() : "; a copy of it is in " + copy;
  return out;
}

ZoneFile::Kept ZoneFile::newest_kept() const {
  Kept kept;
  const auto known = numbers();
  if (known.empty()) return kept;
  kept.version = std::min(known.front(), greatest_number);
  const auto text = text_of(file_of(known.front()));
  const auto set = text ? share::parse_drawn_geojson(*text) : fail(ErrorCode::io, "");
  if (set) kept.greatest = std::min(set->greatest, greatest_number);
  return kept;
}

// The version first: were the power to fail in between, it is a version that never came into force, and the next one
// takes its number.
Expected<void> ZoneFile::write(const rules::DrawnZones& set) const {
  std::error_code made;
  fs::create_directories(folder_ / "zones", made);
  if (made) return fail(ErrorCode::io, (folder_ / "zones").string() + ": cannot be made: " + made.message());
  const std::string text = share::drawn_geojson(set);
  if (auto ok = write_whole(file_of(set.version), text); !ok) return ok;
  if (auto ok = write_whole(file(), text); !ok) return ok;
  const auto known = numbers();
  for (std::size_t i = versions_kept; i < known.size(); ++i) fs::remove(file_of(known[i]), made);
  return {};
}

std::vector<rules::DrawnZones> ZoneFile::versions() const {
  std::vector<rules::DrawnZones> out;
  for (const std::uint32_t number : numbers()) {
    if (out.size() >= versions_listed) break;
    const auto text = text_of(file_of(number));
    auto set = text ? share::parse_drawn_geojson(*text) : fail(ErrorCode::io, "");
    if (set) out.push_back(std::move(*set));
  }
  return out;
}

std::optional<std::string> ZoneFile::version_text(std::uint32_t version) const { return text_of(file_of(version)); }

}  // namespace headland::station
