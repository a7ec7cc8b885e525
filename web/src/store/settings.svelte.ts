// SPDX-License-Identifier: Apache-2.0
import { defaults, palettes, readSettings, type Settings } from './settings';

const key = 'headland.settings';

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden: settings then live as long as the window
  }
}

export const settings: Settings = $state(readSettings(stored(), location.hash));

export function saveSettings(): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // see above
  }
}

// Who sits here: said with every order about an alert. A matter of this browser, not of the address.
const officerKey = 'headland.officer';

function storedOfficer(): string {
  try {
    return localStorage.getItem(officerKey) ?? '';
  } catch {
    return '';
  }
}

export const officer = $state({ name: storedOfficer() });

export function saveOfficer(): void {
  try {
    localStorage.setItem(officerKey, officer.name);
  } catch {
    // see above
  }
}

export function nextPalette(): void {
  settings.palette = palettes[(palettes.indexOf(settings.palette) + 1) % palettes.length];
}

export function resetSettings(): void {
  Object.assign(settings, defaults, { palette: settings.palette });
}
