// SPDX-License-Identifier: Apache-2.0
// The alerts as the list shows them. Pure: the station owns their states.
import type { Alert, AlertPriority } from '../wire/frames';

export const priorities = ['emergency', 'alarm', 'warning', 'caution'] as const; // the most urgent first

export const isUnread = (alert: Alert) =>
  alert.state === 'active_unacknowledged' ||
  alert.state === 'active_silenced' ||
  alert.state === 'rectified_unacknowledged';
export const isOpen = (alert: Alert) => alert.state !== 'ended' && alert.state !== 'shelved';
export const isActive = (alert: Alert) => isOpen(alert) && alert.state !== 'rectified_unacknowledged';

const rank = (alert: Alert) => priorities.indexOf(alert.priority);

// By priority; within one the unacknowledged first, then the newest (MSC.302(87) 7).
function before(a: Alert, b: Alert): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (isUnread(a) !== isUnread(b)) return isUnread(a) ? -1 : 1;
  return b.raised_s - a.raised_s || b.id - a.id;
}

export interface AlertLists {
  open: Alert[];
  shelved: Alert[];
  ended: Alert[]; // the newest first
}

export function listsOf(alerts: Iterable<Alert>): AlertLists {
  const all = [...alerts];
  return {
    open: all.filter(isOpen).sort(before),
    shelved: all.filter((a) => a.state === 'shelved').sort(before),
    ended: all.filter((a) => a.state === 'ended').sort((a, b) => b.changed_s - a.changed_s || b.id - a.id),
  };
}

// What the station sent, taken into what is known; closed ones are kept up to a number.
export function applyAlerts(known: Alert[], whole: boolean, sent: Alert[], endedMost = 50): Alert[] {
  const byId = new Map((whole ? [] : known).map((alert) => [alert.id, alert]));
  for (const alert of sent) byId.set(alert.id, alert);
  const lists = listsOf(byId.values());
  return [...lists.open, ...lists.shelved, ...lists.ended.slice(0, endedMost)];
}

export function countUnread(alerts: Alert[]): Record<AlertPriority, number> {
  const counts = { emergency: 0, alarm: 0, warning: 0, caution: 0 };
  for (const alert of alerts) if (isUnread(alert)) counts[alert.priority] += 1;
  return counts;
}
