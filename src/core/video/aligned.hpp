// SPDX-License-Identifier: Apache-2.0
// A vector whose first element lies on a cache line: rows of cells that are read by wide registers.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace headland {

template <class T>
struct AlignedAllocator {
  using value_type = T;
  static constexpr std::align_val_t alignment{64};

  AlignedAllocator() = default;
  template <class U>
  // NOLINTNEXTLINE(google-explicit-constructor): allocators convert
  constexpr AlignedAllocator(const AlignedAllocator<U>& /*other*/) noexcept {}

  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), alignment)); }
  void deallocate(T* p, std::size_t /*n*/) noexcept { ::operator delete(p, alignment); }
  template <class U>
  friend bool operator==(const AlignedAllocator& /*a*/, const AlignedAllocator<U>& /*b*/) {
    return true;
  }
};

template <class T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

}  // namespace headland
