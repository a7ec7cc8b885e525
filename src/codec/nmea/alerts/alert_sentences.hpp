// SPDX-License-Identifier: Apache-2.0
// Alerts as sentences of IEC 61162-1: ALR (alarm condition and status) and ALF (alert sentence of bridge alert
// management).
//
//   $--ALR,hhmmss.ss,xxx,A,A,c--c*hh
//     time of the change, number of the alarm (000 .. 999), condition (A exceeded, V not), acknowledged (A yes, V no),
//     text
//   $--ALF,x,x,x,hhmmss.ss,a,a,a,aaa,x.x,x.x,x.x,x,c--c*hh
//     sentences, this one's number, sequential number (0 .. 9), time of the last change, category (B: text is enough to
//     judge), priority (E A W C), state (V active unacknowledged, S silenced, A acknowledged, O transferred, U
//     rectified unacknowledged, N normal), maker (none), identifier (10000 on: proprietary), instance (1 .. 999999),
//     revision (1 .. 99), escalation (0 .. 9), text. The second sentence has the description and no time, category,
//     priority and state.
#pragma once

#include <string>

#include "core/rules/alerts/alert_record.hpp"

namespace headland::nmea {

// Appends one ALR and two ALF. `sequence`: 0 .. 9, joins the two. Sentences are at most 82 characters: texts are cut.
void write_alert(const AlertRecord& alert, unsigned sequence, std::string& out);

}  // namespace headland::nmea
