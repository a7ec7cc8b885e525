// SPDX-License-Identifier: Apache-2.0
// Recordings as one stream of events in order of time: captures, NMEA text, raw ASTERIX, plots CSV
// and journals, recognised by content, merged.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/plots/plot.hpp"
#include "io/journal/entry.hpp"
#include "io/net/endpoint.hpp"

namespace headland::station {

enum class InputKind : std::uint8_t {
  datagram,  // from a capture or a raw file: `bytes`, `source`, `destination`
  text,      // a line of NMEA: `bytes`
  plots,     // a scan of plots: `sector`
  journal    // an entry: `entry_kind`, `stream`, `bytes`
};

struct InputEvent {
  Timestamp time;
  InputKind kind = InputKind::datagram;
  std::uint16_t file = 0;  // index of the file it came from
  net::Endpoint source;
  net::Endpoint destination;
  journal::EntryKind entry_kind = journal::EntryKind::tick;
  std::uint16_t stream = 0;
  std::vector<std::uint8_t> bytes;
  PlotSector sector;
};

class InputFile {
 public:
  virtual ~InputFile() = default;
  virtual std::optional<InputEvent> next() = 0;
  [[nodiscard]] virtual double progress() const = 0;  // 0 .. 1
  // What could not be used, by reason, added to `out`.
  virtual void count_rejected(std::map<std::string, std::uint64_t>& out) const = 0;
};

struct InputOptions {
  // For plots that bring no deviations of their own.
  double range_deviation_m = 8.0;
  double bearing_deviation_deg = 0.25;
};

// Opens a recording whatever it is; the error says what it looks like and what is understood.
[[nodiscard]] Expected<std::unique_ptr<InputFile>> open_input(const std::string& path, const InputOptions& options);

// Several files as one, in order of time; of equal times in order of the files. Each file keeps its own
// order, also where its times go back. Journals (and single segments of one) are read one behind the
// other, by their first times, since the order of their entries is not quite that of time.
class InputMerger {
 public:
  void add(std::unique_ptr<InputFile> file);
  [[nodiscard]] std::optional<InputEvent> next();
  // Whether something was added to a journal since next() came to the end.
  void look_again();
  [[nodiscard]] double progress() const;
  [[nodiscard]] std::map<std::string, std::uint64_t> rejected() const;

 private:
  struct Source {
    std::unique_ptr<InputFile> file;
    std::optional<InputEvent> head;
    Timestamp began;
  };
  [[nodiscard]] bool must_wait(const Source& source) const;
  std::vector<Source> sources_;
};

}  // namespace headland::station
