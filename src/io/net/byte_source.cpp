// SPDX-License-Identifier: Apache-2.0
#include "io/net/byte_source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <zlib.h>

namespace headland::net {

struct ByteSource::State {
  std::string name;
  gzFile file = nullptr;
  std::uint64_t size = 0;
  std::span<const std::uint8_t> memory;
  std::size_t position = 0;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (file != nullptr) gzclose_r(file);
  }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Expected<ByteSource> ByteSource::open(const std::string& path) {
  std::error_code ec;
  const auto status = std::filesystem::status(path, ec);
  if (!std::filesystem::exists(status)) {
    return fail(ErrorCode::not_found, path + ": no such file; check the path");
  }
  if (std::filesystem::is_directory(status)) return fail(ErrorCode::io, path + ": is a folder; name a file in it");
  auto state = std::make_unique<State>();
  state->name = path;
  state->file = gzopen(path.c_str(), "rb");
  if (state->file == nullptr) {
    return fail(ErrorCode::io, path + ": cannot be opened: " + std::strerror(errno) + "; check its permissions");
  }
  gzbuffer(state->file, 256U * 1024U);
  const auto size = std::filesystem::file_size(path, ec);
  state->size = ec ? 0 : size;
  return ByteSource(std::move(state));
}

ByteSource ByteSource::from_memory(std::span<const std::uint8_t> bytes) {
  auto state = std::make_unique<State>();
  state->name = "memory";
  state->memory = bytes;
  state->size = bytes.size();
  return ByteSource(std::move(state));
}

Expected<std::size_t> ByteSource::read(std::span<std::uint8_t> out) {
  if (state_->file == nullptr) {
    const std::size_t n = std::min(out.size(), state_->memory.size() - state_->position);
    std::copy_n(state_->memory.begin() + static_cast<std::ptrdiff_t>(state_->position), n, out.begin());
    state_->position += n;
    return n;
  }
  std::size_t done = 0;
  while (done < out.size()) {
    const auto want = static_cast<unsigned>(std::min<std::size_t>(out.size() - done, 1U << 20U));
    const int n = gzread(state_->file, out.data() + done, want);
    if (n > 0) done += static_cast<std::size_t>(n);
    if (n == static_cast<int>(want)) continue;
    int code = Z_OK;
    const char* text = gzerror(state_->file, &code);
    if (code != Z_OK && code != Z_STREAM_END && done == 0) {
      return fail(ErrorCode::io, state_->name + ": cannot be read further: " + text +
                                     "; the file is cut short or damaged, what came before was used");
    }
    break;
  }
  return done;
}

bool ByteSource::is_gzip() const { return state_->file != nullptr && gzdirect(state_->file) == 0; }

double ByteSource::progress() const {
  if (state_->size == 0) return 0.0;
  const auto at =
      state_->file == nullptr ? static_cast<double>(state_->position) : static_cast<double>(gzoffset(state_->file));
  return std::clamp(at / static_cast<double>(state_->size), 0.0, 1.0);
}

const std::string& ByteSource::name() const { return state_->name; }

}  // namespace headland::net
