// SPDX-License-Identifier: Apache-2.0
// The page says what the glossary says (docs/concepts/glossary.md).
import { describe, expect, it } from 'vitest';
import { en } from './en';

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
}

describe('words of the page', () => {
  it('are none of those that the glossary forbids', () => {
    const all = texts(en);
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((text) => /\b(target|contact|blip|sweep)s?\b/i.test(text))).toEqual([]);
  });
});
