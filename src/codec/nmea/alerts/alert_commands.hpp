// SPDX-License-Identifier: Apache-2.0
// What other systems order about our alerts: ACK (acknowledge alarm, IEC 61162-1) and ACN (alert command of bridge
// alert management, IEC 62923-1), and ARC, by which a command is refused.
//
//   $--ACK,xxx*hh
//     number of the alarm, as its ALR says
//   $--ACN,hhmmss.ss,aaa,x.x,x.x,c,a*hh
//     time (may be empty), maker (empty: none), identifier, instance (1 .. 999999) as its ALF says, command (A
//     acknowledge, S silence, O take the responsibility, Q send it again), C: it is a command
//   $--ARC,hhmmss.ss,aaa,x.x,x.x,c*hh
//     time of the refusal, maker, identifier, instance, the command that is refused
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "codec/nmea/faults.hpp"
#include "core/base/expected.hpp"
#include "core/rules/alerts/alert_record.hpp"

namespace headland::nmea {

enum class AlertDemand : std::uint8_t { acknowledge, silence, take_over, repeat };

struct AlertCommand {
  AlertDemand demand = AlertDemand::acknowledge;
  std::optional<std::uint32_t> alarm;  // ACK: 0 .. 999; none: an ACN
  std::string maker;                   // ACN; empty: a standard one, or as ours
  std::uint32_t identifier = 0;        // ACN
  std::uint32_t instance = 0;          // ACN
};

// A sentence of these without its start and checksum. Fault: bad_fields.
[[nodiscard]] bool is_alert_command(std::string_view formatter);
[[nodiscard]] Expected<AlertCommand, NmeaFault> parse_alert_command(std::string_view body);

// Appends the commands of a text, in their order. Those that cannot be read are counted in `faults`; whatever else
// the text holds is left alone, as are sentences whose checksum is wrong or missing.
void read_alert_commands(std::span<const std::uint8_t> text, std::vector<AlertCommand>& out, FaultCounts& faults);

// Whether a command may mean an alert of ours: of ACN those that have our identifier, all of ACK, which names no
// system.
[[nodiscard]] bool is_for_us(const AlertCommand& command);
// Whether it names this alert: by the numbers that write_alert() gives it.
[[nodiscard]] bool names(const AlertCommand& command, AlertId alert);

// Appends an ARC that refuses an ACN; nothing for an ACK, to which no answer is defined.
void write_refusal(const AlertCommand& command, Timestamp now, std::string& out);

}  // namespace headland::nmea
