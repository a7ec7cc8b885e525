// SPDX-License-Identifier: Apache-2.0
// One table of commands: keys, help page and tests all read it.
import type { t } from '../i18n';

export type CommandName = keyof typeof t.commands;

export interface Binding {
  command: CommandName;
  keys: string[]; // values of KeyboardEvent.key
  shown: string;
}

export const bindings: Binding[] = [
  { command: 'help', keys: ['?'], shown: '?' },
  { command: 'palette', keys: ['d'], shown: 'D' },
  { command: 'layers', keys: ['l'], shown: 'L' },
  { command: 'panel', keys: ['t'], shown: 'T' },
  { command: 'video', keys: ['v'], shown: 'V' },
  { command: 'plots', keys: ['p'], shown: 'P' },
  { command: 'names', keys: ['n'], shown: 'N' },
  { command: 'trails', keys: ['h'], shown: 'H' },
  { command: 'vectors', keys: ['c'], shown: 'C' },
  { command: 'rings', keys: ['r'], shown: 'R' },
  { command: 'fit', keys: ['f', 'Home'], shown: 'F' },
  { command: 'centre', keys: ['Enter'], shown: 'Enter' },
  { command: 'begin', keys: ['i'], shown: 'I' },
  { command: 'zones', keys: ['z'], shown: 'Z' },
  { command: 'next', keys: ['j', ']'], shown: 'J' },
  { command: 'previous', keys: ['k', '['], shown: 'K' },
  { command: 'close', keys: ['Escape'], shown: 'Esc' },
  { command: 'pause', keys: [' '], shown: 'Space' },
  { command: 'zoomIn', keys: ['+', '='], shown: '+' },
  { command: 'zoomOut', keys: ['-'], shown: '−' },
  { command: 'west', keys: ['ArrowLeft'], shown: '←' },
  { command: 'east', keys: ['ArrowRight'], shown: '→' },
  { command: 'north', keys: ['ArrowUp'], shown: '↑' },
  { command: 'south', keys: ['ArrowDown'], shown: '↓' },
];

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

export function commandOf(press: KeyPress): CommandName | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return bindings.find((binding) => binding.keys.includes(key))?.command ?? null;
}

// Keys that a focused control needs for itself.
export function controlKeeps(tag: string, type: string, key: string): boolean {
  if (tag === 'INPUT') return type !== 'checkbox' || key === ' ';
  if (tag === 'BUTTON' || tag === 'SUMMARY') return key === ' ' || key === 'Enter';
  return tag === 'TEXTAREA' || tag === 'SELECT';
}
