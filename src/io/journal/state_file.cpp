// SPDX-License-Identifier: Apache-2.0
#include "io/journal/state_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>
#include <zstd.h>

#include "core/base/bytes.hpp"
#include "io/journal/segment.hpp"

namespace headland::journal {
namespace {

constexpr std::array<std::uint8_t, 4> magic{'H', 'L', 'S', '1'};
constexpr std::uint32_t version = 1;
constexpr std::size_t header_bytes = 32;
constexpr int compression = 3;

std::uint64_t hash(std::span<const std::uint8_t> bytes) { return XXH64(bytes.data(), bytes.size(), 0); }

Expected<void> write_all(int fd, std::span<const std::uint8_t> bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return unexpected(system_error("write", path));
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  if (::fsync(fd) != 0) return unexpected(system_error("force to the disk", path));
  return {};
}

}  // namespace

std::vector<std::uint8_t> pack_state(std::span<const std::uint8_t> plain) {
  std::vector<std::uint8_t> stored(ZSTD_compressBound(plain.size()));
  stored.resize(ZSTD_compress(stored.data(), stored.size(), plain.data(), plain.size(), compression));
  std::vector<std::uint8_t> out;
  ByteWriter w(out);
  out.reserve(header_bytes + stored.size());
  w.bytes(magic);
  w.u32(version);
  w.u64(plain.size());
  w.u64(hash(stored));
  w.u64(hash(out));
  w.bytes(stored);
  return out;
}

Expected<std::vector<std::uint8_t>> unpack_state(std::span<const std::uint8_t> packed) {
  const auto bad = [](const char* what) { return fail(ErrorCode::bad_input, what); };
  if (packed.size() < header_bytes) return bad("ends before its header does");
  ByteReader r(packed);
  if (!std::ranges::equal(r.bytes(4), magic)) return bad("is no file of state");
  if (r.u32() != version) return bad("is of another version");
  const std::uint64_t plain_bytes = r.u64();
  const std::uint64_t stored_hash = r.u64();
  if (r.u64() != hash(packed.first(header_bytes - 8))) return bad("has a damaged header");
  if (plain_bytes > max_state_bytes) return bad("says that it is larger than any state");
  const auto stored = packed.subspan(header_bytes);
  if (hash(stored) != stored_hash) return bad("is cut off or damaged");
  std::vector<std::uint8_t> plain(plain_bytes);
  const std::size_t n = ZSTD_decompress(plain.data(), plain.size(), stored.data(), stored.size());
  if (ZSTD_isError(n) != 0 || n != plain_bytes) return bad("cannot be decompressed");
  return plain;
}

Expected<void> write_state_file(const std::filesystem::path& path, std::span<const std::uint8_t> packed) {
  std::error_code failed;
  std::filesystem::create_directories(path.parent_path(), failed);
  if (failed) return fail(ErrorCode::io, path.parent_path().string() + ": cannot be made: " + failed.message());
  std::filesystem::path fresh = path;
  fresh += ".new";
  {
    const File file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!file.is_open()) return unexpected(system_error("write", fresh));
    if (auto ok = write_all(file.fd(), packed, fresh); !ok) return ok;
  }
  std::filesystem::rename(fresh, path, failed);
  if (failed) return fail(ErrorCode::io, path.string() + ": cannot be put in place: " + failed.message());
  const File folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) (void)::fsync(folder.fd());
  return {};
}

Expected<std::optional<std::vector<std::uint8_t>>> read_state_file(const std::filesystem::path& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    if (errno == ENOENT) return std::nullopt;
    return unexpected(system_error("read", path));
  }
  const std::uint64_t size = file.size();
  if (size > ZSTD_compressBound(max_state_bytes)) {
    return fail(ErrorCode::bad_input, path.string() + ": larger than any state");
  }
  std::vector<std::uint8_t> bytes(size);
  bytes.resize(file.read_at(0, bytes));
  return std::optional(std::move(bytes));
}

}  // namespace headland::journal
