// SPDX-License-Identifier: Apache-2.0
// Little-endian bytes out of values and back, for our own formats (journal payloads, stream frames).
//
// The writer appends to a vector of the caller. The reader never reads past its span: the first
// read that would sets a fault that stays, and from then on every read gives zero or nothing. So a
// decoder reads a whole record and asks ok() once at its end; counts must be checked against
// remaining() before anything is allocated for them.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace headland {

class ByteWriter {
 public:
  explicit ByteWriter(std::vector<std::uint8_t>& out) : out_(&out) {}

  void u8(std::uint8_t v) { out_->push_back(v); }
  void u16(std::uint16_t v) { put(v); }
  void u32(std::uint32_t v) { put(v); }
  void u64(std::uint64_t v) { put(v); }
  void i8(std::int8_t v) { u8(static_cast<std::uint8_t>(v)); }
  void i16(std::int16_t v) { put(static_cast<std::uint16_t>(v)); }
  void i32(std::int32_t v) { put(static_cast<std::uint32_t>(v)); }
  void i64(std::int64_t v) { put(static_cast<std::uint64_t>(v)); }
  // IEEE 754 bits: exact, NaN included.
  void f32(float v) { put(std::bit_cast<std::uint32_t>(v)); }
  void f64(double v) { put(std::bit_cast<std::uint64_t>(v)); }
  void boolean(bool v) { u8(v ? 1 : 0); }
  void bytes(std::span<const std::uint8_t> v) { out_->insert(out_->end(), v.begin(), v.end()); }
  // u32 length, then the characters.
  void string(std::string_view v) {
    u32(static_cast<std::uint32_t>(v.size()));
    for (const char c : v) u8(static_cast<std::uint8_t>(c));
  }
  [[nodiscard]] std::size_t size() const { return out_->size(); }

 private:
  template <class T>
  void put(T v) {
    static_assert(std::is_unsigned_v<T>);
    for (std::size_t i = 0; i < sizeof(T); ++i) out_->push_back(static_cast<std::uint8_t>(v >> (8 * i)));
  }
  std::vector<std::uint8_t>* out_;
};

class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> in) : in_(in) {}

  std::uint8_t u8() { return get<std::uint8_t>(); }
  std::uint16_t u16() { return get<std::uint16_t>(); }
  std::uint32_t u32() { return get<std::uint32_t>(); }
  std::uint64_t u64() { return get<std::uint64_t>(); }
  std::int8_t i8() { return static_cast<std::int8_t>(u8()); }
  std::int16_t i16() { return static_cast<std::int16_t>(u16()); }
  std::int32_t i32() { return static_cast<std::int32_t>(u32()); }
  std::int64_t i64() { return static_cast<std::int64_t>(u64()); }
  float f32() { return std::bit_cast<float>(u32()); }
  double f64() { return std::bit_cast<double>(u64()); }
  bool boolean() { return u8() != 0; }
  // A view into the input, empty after a fault.
  std::span<const std::uint8_t> bytes(std::size_t n) {
    if (failed_ || n > in_.size() - at_) return failed_ = true, std::span<const std::uint8_t>{};
    at_ += n;
    return in_.subspan(at_ - n, n);
  }
  std::string string() {
    const auto view = bytes(u32());
    return {view.begin(), view.end()};
  }
  void skip(std::size_t n) { bytes(n); }

  [[nodiscard]] bool ok() const { return !failed_; }
  [[nodiscard]] std::size_t remaining() const { return failed_ ? 0 : in_.size() - at_; }
  [[nodiscard]] std::size_t offset() const { return at_; }
  // Whether `count` records of at least `size_each` bytes could still follow; sets the fault if not.
  bool expects(std::size_t count, std::size_t size_each) {
    if (size_each == 0 || count > remaining() / size_each) failed_ = failed_ || count > 0;
    return !failed_;
  }

 private:
  template <class T>
  T get() {
    const auto raw = bytes(sizeof(T));
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) v |= std::uint64_t{raw[i]} << (8 * i);
    return static_cast<T>(v);
  }
  std::span<const std::uint8_t> in_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace headland
