// SPDX-License-Identifier: Apache-2.0
// Every field of every record of real recordings, against what an independent decoder makes of the same bytes. Skipped
// where tshark is not installed or the recordings are not there.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "codec/asterix/record_decoder.hpp"
#include "io/net/byte_source.hpp"
#include "io/net/capture_reader.hpp"
#include "io/net/capture_writer.hpp"

namespace headland::asterix {
namespace {

using Datagrams = std::vector<std::vector<std::uint8_t>>;
using Values = std::map<std::string, std::vector<std::string>>;  // of each field, in the order of the file

constexpr std::size_t most_datagrams = 3000;

bool has_tshark() { return std::system("command -v tshark >/dev/null 2>&1") == 0; }

std::string path_of(const std::string& name) { return std::string(HEADLAND_SHARED_DATA) + "/asterix/" + name; }

Datagrams of_capture(const std::string& path) {
  Datagrams out;
  auto reader = net::CaptureReader::open(path);
  if (!reader) return out;
  while (auto datagram = reader->next()) {
    if (out.size() >= most_datagrams) break;
    out.emplace_back(datagram->payload.begin(), datagram->payload.end());
  }
  return out;
}

std::vector<std::uint8_t> whole(const std::string& path) {
  std::vector<std::uint8_t> bytes;
  auto source = net::ByteSource::open(path);
  if (!source) return bytes;
  std::array<std::uint8_t, 65536> part{};
  while (const auto n = source->read(part)) {
    if (*n == 0) break;
    bytes.insert(bytes.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(*n));
  }
  return bytes;
}

// Blocks one after another.
Datagrams of_blocks(const std::string& path) {
  const std::vector<std::uint8_t> bytes = whole(path);
  Datagrams out;
  for (std::size_t at = 0; at + 3 <= bytes.size() && out.size() < most_datagrams;) {
    const std::size_t length = bytes[at + 1] * 256U + bytes[at + 2];
    if (length < 3 || at + length > bytes.size()) break;
    out.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                     bytes.begin() + static_cast<std::ptrdiff_t>(at + length));
    at += length;
  }
  return out;
}

// FINAL format: length of all, 6 bytes of head, the data, four bytes of A5.
Datagrams of_final(const std::string& path) {
  const std::vector<std::uint8_t> bytes = whole(path);
  Datagrams out;
  for (std::size_t at = 0; at + 12 <= bytes.size() && out.size() < most_datagrams;) {
    const std::size_t length = bytes[at] * 256U + bytes[at + 1];
    if (length < 12 || at + length > bytes.size()) break;
    out.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(at + 8),
                     bytes.begin() + static_cast<std::ptrdiff_t>(at + length - 4));
    at += length;
  }
  return out;
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string number_text(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.7g", value);
  return std::string(text.data()) == "-0" ? "0" : text.data();
}

// "062/105/LAT" as tshark has it; an item of one field has a name of its own there.
std::string tshark_name(std::string_view name) {
  std::string out = "asterix.";
  for (const char c : name) out += c == '/' ? '_' : c;
  return out;
}

Values ours(const Datagrams& datagrams, std::uint64_t& faults) {
  Values out;
  Record record;
  for (const auto& d : datagrams) {
    BlockReader blocks(d);
    while (!blocks.at_end()) {
      const auto block = blocks.next();
      if (!block) break;
      RecordDecoder records(*block);
      while (!records.at_end()) {
        if (!records.next(record)) {
          ++faults;
          break;
        }
        for (const FieldValue& v : record.all()) {
          const FieldRule& rule = rule_of(v.field);
          if (rule.kind == FieldKind::bytes) continue;
          auto& values = out[tshark_name(rule.name)];
          const bool text = rule.kind == FieldKind::text_ascii || rule.kind == FieldKind::text_icao;
          values.push_back(
              text ? text_of(v)
                   : number_text(rule.kind == FieldKind::text_octal ? static_cast<double>(v.bits) : v.number));
        }
      }
    }
  }
  return out;
}

Values tsharks(const std::string& name, const Datagrams& datagrams, const Values& ours) {
  const auto path = (std::filesystem::path(::testing::TempDir()) / ("headland_fields_" + name + ".pcap")).string();
  auto writer = net::CaptureWriter::create(path);
  EXPECT_TRUE(writer.has_value());
  for (const auto& d : datagrams) {
    EXPECT_TRUE(writer->write(Timestamp{}, {0x7F000001, 4000}, {0xEFF00001, 24000}, d).has_value());
  }
  EXPECT_TRUE(writer->close().has_value());
  const std::string command = "tshark -n -r '" + path + "' -d udp.port==24000,asterix -J asterix -T json 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  Values out;
  std::array<char, 4096> buffer{};
  while (fgets(buffer.data(), buffer.size(), pipe) != nullptr) {
    // "asterix.048_040_RHO": "197.68359375",
    const std::string line = buffer.data();
    const auto begin = line.find("\"asterix.");
    if (begin == std::string::npos) continue;
    const auto end = line.find("\": \"", begin);
    if (end == std::string::npos) continue;  // a group
    std::string field = line.substr(begin + 1, end - begin - 1);
    const std::string value = line.substr(end + 4, line.rfind('"') - end - 4);
    if (field.ends_with("_VALUE") && !ours.contains(field)) field.resize(field.size() - 6);
    if (field == "asterix.048_030_CODE") field = "asterix.048_030";        // an item of one field
    if (field.find_first_of("0123456789") == std::string::npos) continue;  // category, FX and the like
    if (value.empty() && field.ends_with("_RE")) continue;                 // an item that is left to its users
    char* rest = nullptr;
    const double number = std::strtod(value.c_str(), &rest);
    const bool is_number = !value.empty() && *rest == '\0';
    const auto known = ours.find(field);
    const bool as_text = known != ours.end() && !known->second.empty() && known->second.front() == trimmed(value);
    out[field].push_back(is_number && !as_text ? number_text(number) : trimmed(value));
  }
  EXPECT_EQ(pclose(pipe), 0);
  std::filesystem::remove(path);
  return out;
}

// What tshark 4.0.17 does otherwise. 048/090 is of two's complement by the standard, and tshark takes it for unsigned:
// 14 bits of a quarter of a flight level.
double put_right(const std::string& field, double theirs) {
  return field == "asterix.048_090_FL" && theirs >= 2048.0 ? theirs - 4096.0 : theirs;
}

bool equal(const std::string& field, const std::string& a, const std::string& b) {
  if (a == b) return true;
  char* rest_a = nullptr;
  char* rest_b = nullptr;
  const double x = std::strtod(a.c_str(), &rest_a), y = put_right(field, std::strtod(b.c_str(), &rest_b));
  return !a.empty() && !b.empty() && *rest_a == '\0' && *rest_b == '\0' &&
         std::abs(x - y) <= 2e-6 * std::max({std::abs(x), std::abs(y), 1e-3});
}

void compare(const std::string& name, const Datagrams& datagrams) {
  ASSERT_FALSE(datagrams.empty()) << name;
  std::uint64_t faults = 0;
  const Values a = ours(datagrams, faults);
  const Values b = tsharks(name, datagrams, a);
  std::size_t values = 0;
  for (const auto& [field, list] : a) {
    const auto theirs = b.find(field);
    if (theirs == b.end()) {
      ADD_FAILURE() << name << ": " << field << " (" << list.size() << " values) is not in tshark's";
      continue;
    }
    EXPECT_EQ(list.size(), theirs->second.size()) << name << ": " << field;
    std::size_t differ = 0;
    for (std::size_t i = 0; i < std::min(list.size(), theirs->second.size()); ++i) {
      if (equal(field, list[i], theirs->second[i])) continue;
      if (differ++ == 0) ADD_FAILURE() << name << ": " << field << " " << list[i] << ", tshark " << theirs->second[i];
    }
    EXPECT_EQ(differ, 0U) << name << ": " << field;
    values += list.size();
  }
  for (const auto& [field, list] : b) {
    if (!a.contains(field)) ADD_FAILURE() << name << ": " << field << " is in tshark's alone, " << list.front();
  }
  EXPECT_EQ(faults, 0U) << name;
  std::printf("%s: %zu datagrams, %zu fields, %zu values\n", name.c_str(), datagrams.size(), a.size(), values);
}

struct Recording {
  const char* file;
  Datagrams (*read)(const std::string&);
};

class TsharkRecordings : public ::testing::TestWithParam<Recording> {};

TEST_P(TsharkRecordings, has_the_same_value_in_every_field) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed";
  const std::string path = path_of(GetParam().file);
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  std::string name = GetParam().file;
  std::replace(name.begin(), name.end(), '/', '_');
  compare(name, GetParam().read(path));
}

INSTANTIATE_TEST_SUITE_P(Asterix, TsharkRecordings,
                         ::testing::Values(Recording{"cat048-034/cat_034_048.pcap", of_capture},
                                           Recording{"cat048-034/argentina_260429.pcap.gz", of_capture},
                                           Recording{"cat048-034/jahorina_cat048_034.raw", of_blocks},
                                           Recording{"cat062/cat_062_065.pcap", of_capture},
                                           Recording{"cat062/final_frame_062_065_large_packet_30min.ff.gz", of_final},
                                           Recording{"cat010/lebl_smr_20201002-0800.ast.gz", of_blocks}));

}  // namespace
}  // namespace headland::asterix
