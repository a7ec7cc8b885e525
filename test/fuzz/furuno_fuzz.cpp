// SPDX-License-Identifier: Apache-2.0
// Furuno: any bytes as two frames one after the other (the second copies from the first), as an announcement and
// as wrapped text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/furuno/announcement.hpp"
#include "codec/furuno/frame.hpp"

namespace headland::furuno {
namespace {

void read_frame(Bytes bytes, Memory& memory) {
  const auto head = read_frame_head(bytes);
  if (!head) {
    if (head.error().offset > bytes.size() || name_of(head.error().reason) == "unknown") std::abort();
    return;
  }
  SpokeBlock block;
  std::size_t results = 0;
  for (SpokeReader reader(bytes, *head, memory); !reader.at_end(); ++results) {
    const auto spoke = reader.next();
    if (!spoke) continue;
    if (spoke->cells.size() > head->cells) std::abort();
    const Direction direction{spoke->heading == 0 ? std::nullopt : std::optional(spoke->heading),
                              Angle::from_degrees(0.5)};
    if (!fits(direction, block)) block = {};
    append_spoke(*head, *spoke, direction, Timestamp{}, block);
  }
  if (results == 0 || results > head->spokes) std::abort();
}

void read_all(Bytes bytes) {
  Memory memory;
  read_frame(bytes, memory);
  read_frame(bytes.subspan(bytes.size() / 2), memory);
  read_frame(bytes, memory);
  (void)read_announcement(bytes);
  (void)is_arpa(text_in(bytes));
}

}  // namespace
}  // namespace headland::furuno

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  headland::furuno::read_all({data, size});
  return 0;
}
