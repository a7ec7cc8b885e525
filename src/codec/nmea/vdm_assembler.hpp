// SPDX-License-Identifier: Apache-2.0
// Messages of several VDM or VDO sentences put together again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "codec/ais/payload.hpp"
#include "codec/nmea/faults.hpp"
#include "core/base/time.hpp"

namespace headland::nmea {

// One sentence of a message: !ttVDM,parts,part,sequence,channel,letters,fill
struct VdmPart {
  std::uint32_t source = 0;      // who sent it to us
  std::array<char, 2> talker{};  // tt
  bool own_ship = false;         // VDO
  unsigned parts = 1;            // 2..9
  unsigned part = 1;             // 1..parts
  std::string_view sequence;     // joins the parts; may be empty
  std::string_view channel;      // 'A', 'B', '1', '2' or empty
  std::string_view letters;
  unsigned fill = 0;
  std::uint32_t group = 0;  // of the tag block's g:, 0 = none
};

// Parts of a message must come in order; other sentences may stand between. Holds up to 32 messages, each
// for `timeout` of the data's own time; what does not end is dropped and counted.
class VdmAssembler {
 public:
  static constexpr std::size_t capacity = 32;
  explicit VdmAssembler(Duration timeout) : timeout_(timeout) {}

  // The whole message when `part` was its last one; valid until the next call. Null otherwise.
  const ais::Payload* add(const VdmPart& part, Timestamp time, FaultCounts& faults);

 private:
  struct Message {
    bool used = false;
    VdmPart key;  // views are not kept: sequence and channel lie in `marks`
    std::array<char, 8> marks{};
    unsigned next_part = 0;
    Timestamp time;
    ais::Payload payload;
  };
  Message* find(const VdmPart& part, const std::array<char, 8>& marks);
  Message& begin(const VdmPart& part, const std::array<char, 8>& marks, Timestamp time, FaultCounts& faults);
  void drop_old(Timestamp time, FaultCounts& faults);

  Duration timeout_;
  std::array<Message, capacity> messages_;
};

}  // namespace headland::nmea
