// SPDX-License-Identifier: Apache-2.0
#include "runtime/inspect/decode.hpp"

#include <algorithm>
#include <ostream>

#include "codec/furuno/announcement.hpp"
#include "codec/nmea/line_time.hpp"
#include "io/net/capture_reader.hpp"
#include "io/net/file_readers.hpp"
#include "io/net/file_type.hpp"
#include "runtime/inspect/asterix_inspector.hpp"
#include "runtime/inspect/nmea_inspector.hpp"
#include "runtime/inspect/radar/furuno_inspector.hpp"
#include "runtime/inspect/radar/garmin_inspector.hpp"
#include "runtime/inspect/radar/navico_inspector.hpp"
#include "runtime/inspect/radar/raymarine_inspector.hpp"

namespace headland::inspect {
namespace {

// Everything that is known of one file while it is read.
class Inspector {
 public:
  explicit Inspector(FileReport& report) : report_(report) {}

  void add(const Piece& piece) {
    note_time(piece.time);
    if (nmea_.add(piece) || add_wrapped_text(piece)) return;
    if (garmin_.add(piece) || furuno_.add(piece) || raymarine_.add(piece) || navico_.add(piece)) return;
    if (!piece.is_stream && asterix_.add(piece)) return;
    if (!piece.payload.empty()) ++report_.unrecognised;
  }
  void note_time(std::optional<Timestamp> time) {
    if (!time) return;
    first_ = std::min(first_.value_or(*time), *time);
    last_ = std::max(last_.value_or(*time), *time);
  }
  void finish() {
    if (first_) report_.duration_s = to_seconds(*last_ - *first_).value();
    navico_.report(report_.streams);
    garmin_.report(report_.streams);
    furuno_.report(report_.streams);
    raymarine_.report(report_.streams);
    asterix_.report(report_.streams);
    nmea_.report(report_.streams);
    auto position = nmea_.position();
    if (!position) position = raymarine_.position();
    for (StreamReport& stream : report_.streams) stream.position = position;
  }

 private:
  // Sentences that devices of Furuno put behind a head of their own.
  bool add_wrapped_text(Piece piece) {
    piece.payload = furuno::text_in(piece.payload);
    return !piece.payload.empty() && !furuno::is_arpa(piece.payload) && nmea_.add(piece);
  }

  FileReport& report_;
  NavicoInspector navico_;
  GarminInspector garmin_;
  FurunoInspector furuno_;
  RaymarineInspector raymarine_;
  AsterixInspector asterix_;
  NmeaInspector nmea_;
  std::optional<Timestamp> first_;
  std::optional<Timestamp> last_;
};

Expected<void> read_capture(const std::string& path, Inspector& inspector, FileReport& report) {
  auto reader = net::CaptureReader::open(path);
  if (!reader) return unexpected(reader.error());
  while (const auto d = reader->next()) {
    inspector.add({d->time, d->source, d->destination, d->transport == net::Transport::tcp, d->payload});
  }
  const auto& counters = reader->counters();
  for (std::size_t i = 0; i < counters.rejected.size(); ++i) {
    if (counters.rejected[i] > 0) report.rejected[name_of(static_cast<net::PacketReject>(i))] = counters.rejected[i];
  }
  if (counters.cut_short > 0) report.rejected["cut-short"] = counters.cut_short;
  return {};
}

void note_file_counters(const net::FileCounters& counters, FileReport& report) {
  if (counters.bad_length > 0) report.rejected["bad-length"] = counters.bad_length;
  if (counters.cut_short > 0) report.rejected["cut-short"] = counters.cut_short;
  if (counters.overlong > 0) report.rejected["overlong-line"] = counters.overlong;
}

void read_blocks(net::ByteSource source, bool final_records, Inspector& inspector, FileReport& report) {
  net::AsterixFileReader reader(std::move(source), final_records);
  while (const auto piece = reader.next()) {
    Piece p;
    if (piece->time_of_day) p.time = Timestamp{*piece->time_of_day};
    p.payload = piece->blocks;
    inspector.add(p);
  }
  note_file_counters(reader.counters(), report);
}

void read_lines(net::ByteSource source, Inspector& inspector, FileReport& report) {
  net::LineFileReader reader(std::move(source));
  nmea::NmeaFileClock clock;
  const auto on_line = [&](std::string_view line) {
    if (line.starts_with('#')) return;
    Piece p;
    p.time = clock.time_of(line);
    // Something may stand before the sentence (a time, a station): it is the decoder's to leave out.
    const auto start = line.find_first_of("!$\\");
    if (start == std::string_view::npos) {
      ++report.rejected["no-sentence"];
      return;
    }
    line.remove_prefix(start);
    p.payload = {reinterpret_cast<const std::uint8_t*>(line.data()), line.size()};
    inspector.add(p);
  };
  while (reader.read_some(on_line)) {
  }
  note_file_counters(reader.counters(), report);
}

}  // namespace

Expected<FileReport> inspect_file(const std::string& path) {
  const auto type = net::recognise_file(path);
  if (!type) return unexpected(type.error());
  FileReport report;
  report.path = path;
  report.kind = name_of(type->kind);
  Inspector inspector(report);
  if (type->kind == net::FileKind::capture) {
    if (const auto done = read_capture(path, inspector, report); !done) return unexpected(done.error());
    inspector.finish();
    return report;
  }
  auto source = net::ByteSource::open(path);
  if (!source) return unexpected(source.error());
  switch (type->kind) {
    case net::FileKind::asterix:
      read_blocks(std::move(*source), false, inspector, report);
      break;
    case net::FileKind::asterix_final:
      read_blocks(std::move(*source), true, inspector, report);
      break;
    case net::FileKind::nmea:
      read_lines(std::move(*source), inspector, report);
      break;
    case net::FileKind::journal:
      return fail(ErrorCode::unsupported, path + ": is a journal; `headland replay` reads it");
    case net::FileKind::plots_csv:
      return fail(ErrorCode::unsupported, path + ": is a table of plots; `headland track --plots` reads it");
    default:
      return fail(ErrorCode::bad_input,
                  path + ": holds nothing known; captures, ASTERIX blocks, FINAL records and NMEA text are read");
  }
  inspector.finish();
  return report;
}

int decode_files(const std::vector<std::string>& files, bool json, std::ostream& out, std::ostream& err) {
  std::vector<FileReport> reports;
  int code = 0;
  for (const std::string& path : files) {
    auto report = inspect_file(path);
    if (report) {
      reports.push_back(std::move(*report));
    } else {
      err << "headland decode: " << report.error().detail << "\n";
      code = 1;
    }
  }
  if (json)
    write_json(reports, out);
  else
    write_text(reports, out);
  return code;
}

}  // namespace headland::inspect
