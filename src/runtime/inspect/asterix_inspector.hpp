// SPDX-License-Identifier: Apache-2.0
// ASTERIX in datagrams: one stream for each category and source.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "codec/asterix/block.hpp"
#include "codec/asterix/cat240_spokes.hpp"
#include "codec/asterix/record_decoder.hpp"
#include "runtime/inspect/piece.hpp"
#include "runtime/inspect/spoke_statistics.hpp"

namespace headland::inspect {

class AsterixInspector {
 public:
  // False: this is no ASTERIX.
  bool add(const Piece& piece);
  void report(std::vector<StreamReport>& out) const;

 private:
  struct Stream {
    std::uint64_t datagrams = 0;
    SpokeStatistics spokes;
    asterix::SequenceCheck sequence;
    std::optional<Timestamp> last_time;
    Counts messages;
    Counts rejected;
    std::vector<RejectExample> rejects;
    std::uint64_t values = 0;

    void refuse(const asterix::Fault& fault);
  };
  using Key = std::pair<std::uint8_t, std::string>;

  [[nodiscard]] static bool looks_like_blocks(std::span<const std::uint8_t> payload);
  void add_block(const asterix::Block& block, const Piece& piece, Stream& stream);
  void add_records(const asterix::Block& block, Stream& stream);
  static void add_video(const asterix::Cat240Video& video, const Piece& piece, Stream& stream);

  std::map<Key, Stream> streams_;
  std::set<std::string> sources_;
  asterix::Record record_;
};

}  // namespace headland::inspect
