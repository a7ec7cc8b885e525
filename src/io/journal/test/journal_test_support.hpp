// SPDX-License-Identifier: Apache-2.0
// A folder of its own for each test, and a journal with known entries in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "io/journal/journal_reader.hpp"
#include "io/journal/journal_writer.hpp"

namespace headland::journal::test {

class JournalFolder : public ::testing::Test {
 protected:
  JournalFolder() {
    const std::string pattern = (std::filesystem::temp_directory_path() / "headland-journal-XXXXXX").string();
    std::vector<char> name(pattern.begin(), pattern.end());
    name.push_back('\0');
    folder_ = ::mkdtemp(name.data());
  }
  ~JournalFolder() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] WriterConfig config() const {
    WriterConfig c;
    c.directory = folder_;
    return c;
  }
  [[nodiscard]] JournalWriter writer() const { return writer(config()); }
  [[nodiscard]] static JournalWriter writer(WriterConfig c) {
    auto opened = JournalWriter::open(std::move(c));
    if (!opened) throw std::runtime_error(opened.error().detail);
    return std::move(*opened);
  }
  [[nodiscard]] JournalReader reader() const {
    auto opened = JournalReader::open(folder_);
    if (!opened) throw std::runtime_error(opened.error().detail);
    return std::move(*opened);
  }
  [[nodiscard]] std::filesystem::path only_file() const {
    const auto names = list_segments(folder_);
    return names && names->size() == 1 ? names->front().path : std::filesystem::path();
  }
  std::filesystem::path folder_;
};

inline Timestamp second(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

// Entry i: text "entry i", one a second, on stream i % 3.
inline void append_entries(JournalWriter& writer, int first, int count) {
  for (int i = first; i < first + count; ++i) {
    const auto done = writer.append(EntryKind::report, static_cast<std::uint16_t>(i % 3), second(i),
                                    std::string_view("entry " + std::to_string(i)));
    ASSERT_TRUE(done) << done.error().detail;
  }
}

inline std::string text(const JournalEntry& entry) { return {entry.payload.begin(), entry.payload.end()}; }

inline std::vector<std::uint64_t> sequences(JournalReader& reader) {
  std::vector<std::uint64_t> all;
  while (const auto entry = reader.next()) all.push_back(entry->sequence);
  return all;
}

inline std::vector<std::uint8_t> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> chars((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return {chars.begin(), chars.end()};
}

inline void write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace headland::journal::test
