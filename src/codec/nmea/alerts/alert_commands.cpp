// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/alerts/alert_commands.hpp"

#include "codec/nmea/alerts/alert_numbers.hpp"
#include "codec/nmea/sentence.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland::nmea {
namespace {

constexpr std::uint64_t greatest_identifier = 9'999'999;
constexpr std::uint64_t greatest_instance = 999'999;

std::optional<AlertDemand> demand_of(std::string_view letter) {
  if (letter == "A") return AlertDemand::acknowledge;
  if (letter == "S") return AlertDemand::silence;
  if (letter == "O") return AlertDemand::take_over;
  if (letter == "Q") return AlertDemand::repeat;
  return std::nullopt;
}

char letter_of(AlertDemand demand) {
  switch (demand) {
    case AlertDemand::acknowledge:
      return 'A';
    case AlertDemand::silence:
      return 'S';
    case AlertDemand::take_over:
      return 'O';
    case AlertDemand::repeat:
      return 'Q';
  }
  return 'A';
}

}  // namespace

bool is_alert_command(std::string_view formatter) { return formatter == "ACK" || formatter == "ACN"; }

Expected<AlertCommand, NmeaFault> parse_alert_command(std::string_view body) {
  const Fields f(body);
  AlertCommand out;
  if (f[0].size() != 5) return unexpected(NmeaFault::bad_fields);
  if (f[0].substr(2) == "ACK") {
    const auto alarm = digits(f[1]);
    if (f.size() != 2 || !alarm || *alarm > 999) return unexpected(NmeaFault::bad_fields);
    out.alarm = static_cast<std::uint32_t>(*alarm);
    return out;
  }
  const auto identifier = digits(f[3]), instance = digits(f[4]);
  const auto demand = demand_of(f[5]);
  // An empty instance is allowed where an alert has but one; ours always have a number.
  const bool has_instance = f[4].empty() || (instance && *instance >= 1 && *instance <= greatest_instance);
  if (!identifier || *identifier > greatest_identifier || !has_instance || !demand || f[6] != "C" || f[2].size() > 3) {
    return unexpected(NmeaFault::bad_fields);
  }
  out.demand = *demand;
  out.maker = f[2];
  out.identifier = static_cast<std::uint32_t>(*identifier);
  out.instance = static_cast<std::uint32_t>(instance.value_or(0));
  return out;
}

void read_alert_commands(std::span<const std::uint8_t> text, std::vector<AlertCommand>& out, FaultCounts& faults) {
  FaultCounts of_others;  // counted where the text is decoded
  SentenceScanner scanner({reinterpret_cast<const char*>(text.data()), text.size()}, of_others);
  for (RawSentence sentence; scanner.next(sentence);) {
    const std::string_view body = sentence.body;
    if (sentence.start != '$' || body.size() < 6 || body[5] != ',' || !is_alert_command(body.substr(2, 3))) continue;
    auto command = parse_alert_command(body);
    if (command) {
      out.push_back(std::move(*command));
    } else {
      faults.add(command.error());
    }
  }
}

bool is_for_us(const AlertCommand& c) { return c.alarm || (c.maker.empty() && c.identifier == our_identifier); }

bool names(const AlertCommand& c, AlertId alert) {
  return c.alarm ? *c.alarm == alarm_number(alert) : is_for_us(c) && c.instance == instance_of(alert);
}

void write_refusal(const AlertCommand& c, Timestamp now, std::string& out) {
  if (c.alarm) return;
  std::string body = "IIARC," + clock_text(now) + "," + c.maker + "," + std::to_string(c.identifier) + ",";
  if (c.instance != 0) body += std::to_string(c.instance);
  write_sentence('$', body + "," + letter_of(c.demand), out);
}

}  // namespace headland::nmea
