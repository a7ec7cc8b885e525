// SPDX-License-Identifier: Apache-2.0
#include "io/journal/segment.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headland::journal {

Error system_error(const std::string& what, const std::filesystem::path& path) {
  const int number = errno;
  return {number == ENOENT ? ErrorCode::not_found : ErrorCode::io,
          "cannot " + what + " " + path.string() + ": " + std::generic_category().message(number)};
}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = other.fd_;
    other.fd_ = -1;
  }
  return *this;
}

void File::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::uint64_t File::size() const {
  struct stat info{};
  return ::fstat(fd_, &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

std::size_t File::read_at(std::uint64_t offset, std::span<std::uint8_t> out) const {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t n = ::pread(fd_, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

std::string segment_file_name(Timestamp first, std::uint32_t number) {
  namespace chrono = std::chrono;
  const auto day = chrono::floor<chrono::days>(first);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss clock(chrono::floor<chrono::seconds>(first - day));
  char text[64];
  std::snprintf(text, sizeof text, "journal-%04d%02u%02uT%02d%02d%02dZ-%04u.hlj", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), number);
  return text;
}

namespace {

// The number of a segment file name; false for any other file.
bool parse_name(std::string_view name, std::uint32_t& number) {
  constexpr std::string_view start = "journal-";
  constexpr std::string_view end = ".hlj";
  if (!name.starts_with(start) || !name.ends_with(end)) return false;
  name.remove_suffix(end.size());
  const std::size_t dash = name.rfind('-');
  if (dash < start.size()) return false;
  const std::string_view digits = name.substr(dash + 1);
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && stop == digits.data() + digits.size();
}

}  // namespace

Expected<std::vector<SegmentName>> list_segments(const std::filesystem::path& directory) {
  std::vector<SegmentName> found;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    SegmentName segment{it->path(), 0, 0};
    std::error_code ignored;  // a file that vanishes meanwhile has size 0
    if (!parse_name(it->path().filename().string(), segment.number)) continue;
    segment.bytes = it->file_size(ignored);
    if (ignored) segment.bytes = 0;
    found.push_back(std::move(segment));
  }
  if (error) {
    return fail(error == std::errc::no_such_file_or_directory ? ErrorCode::not_found : ErrorCode::io,
                "cannot list " + directory.string() + ": " + error.message());
  }
  std::ranges::sort(found, [](const SegmentName& a, const SegmentName& b) {
    return a.number != b.number ? a.number < b.number : a.path < b.path;
  });
  return found;
}

Expected<Segment> Segment::open(const std::filesystem::path& path) {
  Segment segment;
  segment.file_ = File(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!segment.file_.is_open()) return unexpected(system_error("open", path));
  segment.refresh();
  return segment;
}

void Segment::refresh() {
  const std::uint64_t size = file_.size();
  if (size == seen_size_) return;
  seen_size_ = std::max(size, end_);
  if (end_ == 0) {
    std::array<std::uint8_t, segment_header_bytes> bytes{};
    const std::size_t got = file_.read_at(0, bytes);
    if (const auto header = decode_segment_header(std::span(bytes).first(got))) {
      header_ = *header;
      has_header_ = true;
    } else if (got < segment_header_bytes || find_chunk_after(0) == 0) {
      return;  // not a journal, or not yet
    }
    end_ = segment_header_bytes;
  }
  ChunkPlace place;
  while (end_ + chunk_header_bytes <= seen_size_) {
    if (!chunk_at(end_, place)) {
      const std::uint64_t next = find_chunk_after(end_);
      if (next == 0 || !chunk_at(next, place)) return;
      damaged_bytes_ += next - end_;
    }
    chunks_.push_back(place);
    end_ = place.offset + chunk_header_bytes + place.header.stored_bytes;
  }
}

// Whether a whole chunk stands there: header good and all its bytes within the file.
bool Segment::chunk_at(std::uint64_t offset, ChunkPlace& out) const {
  std::array<std::uint8_t, chunk_header_bytes> bytes{};
  if (file_.read_at(offset, bytes) < bytes.size()) return false;
  const auto header = decode_chunk_header(bytes);
  if (!header || offset + chunk_header_bytes + header->stored_bytes > seen_size_) return false;
  out = {offset, *header};
  return true;
}

// The first whole chunk behind `offset`, 0 when there is none.
std::uint64_t Segment::find_chunk_after(std::uint64_t offset) const {
  constexpr std::size_t window = std::size_t{1} << 16;
  std::vector<std::uint8_t> bytes(window);
  ChunkPlace place;
  for (std::uint64_t base = offset + 1; base + chunk_header_bytes <= seen_size_; base += window - 3) {
    const std::size_t got = file_.read_at(base, bytes);
    for (auto at = bytes.begin(), stop = bytes.begin() + static_cast<std::ptrdiff_t>(got);;) {
      at = std::search(at, stop, chunk_magic.begin(), chunk_magic.end());
      if (at == stop) break;
      const auto candidate = base + static_cast<std::uint64_t>(at - bytes.begin());
      if (chunk_at(candidate, place)) return candidate;
      ++at;
    }
    if (got < window) break;
  }
  return 0;
}

bool Segment::read_chunk(std::size_t index, std::vector<std::uint8_t>& plain) {
  const ChunkPlace& place = chunks_[index];
  stored_.resize(place.header.stored_bytes);
  if (file_.read_at(place.offset + chunk_header_bytes, stored_) < stored_.size()) return false;
  return unpack_chunk(place.header, stored_, plain);
}

}  // namespace headland::journal
