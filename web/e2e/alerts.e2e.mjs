// SPDX-License-Identifier: Apache-2.0
// Two pages of one station with rules: what one operator does the other sees, and the chart shows what an alert is about.
import assert from 'node:assert/strict';
import { writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, waitFor } from './support/browser.mjs';
import { Station } from './support/station.mjs';

const station = new Station();
const faults = [];
let browser;
let rules;
const pages = [];

const ruleText = (speedKn) => `
[[zone]]
name = "Passage"
points = [[13.2, 120.5], [13.2, 121.6], [13.9, 121.6], [13.9, 120.5]]
[[rule]]
name = "inside"
kind = "entry"
zones = ["Passage"]
priority = "alarm"
only = ["tanker", "cargo"]
[[rule]]
name = "fast"
kind = "speed"
above_kn = ${speedKn}
priority = "caution"
`;

async function open(palette) {
  const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  // Without video: it is drawn by software here, which takes the page seconds that it has on a real display.
  await page.goto(`${station.url}#palette=${palette}&video=0`);
  await waitFor(page, 'the chart', () => window.__test?.state().ready);
  pages.push(page);
  return page;
}

before(async () => {
  await station.prepare();
  rules = join(station.folder, 'rules.toml');
  writeFileSync(rules, ruleText(8));
  appendFileSync(station.config, `[rules]\nfile = "${rules}"\n`);
  station.start();
  await station.answers();
  station.startSimulator();
  browser = await launch();
  await open('day');
  await open('night');
});

after(async () => {
  await browser?.close();
  await station.stop();
});

const alertsOf = (page) => page.evaluate(() => window.__test.state().alerts);
const stateOf = (page, id) =>
  page.evaluate((id) => window.__test.state().alerts.find((a) => a.id === id)?.state, id);

// One of this rule in such a state whose vessel is in the picture; the next that comes where there is none just now.
async function alertWith(page, rule, state) {
  const find = ([rule, state]) =>
    window.__test
      .state()
      .alerts.find(
        (a) =>
          a.rule === rule && a.state.startsWith(state) && window.__test.pixelOf(a.subjects[0].track) !== null,
      );
  await waitFor(page, `an alert of "${rule}" that is ${state}`, find, [rule, state]);
  return page.evaluate(find, [rule, state]);
}

test('alerts come to both pages, the most urgent first', async () => {
  for (const page of pages) {
    await waitFor(page, 'alerts of both rules', () => {
      const rules = new Set(window.__test.state().alerts.map((a) => a.rule));
      return rules.has('inside') && rules.has('fast');
    });
    assert.equal((await alertsOf(page))[0].priority, 'alarm');
    await page.locator('[data-test=unread-alarm]').waitFor();
    await page.locator('[data-test=alert]').first().waitFor();
  }
});

// From the click on one page to the state on the other, by the clock of both. An alert may end before it is clicked:
// then the next is taken.
async function acknowledgeMs(one, other, rule) {
  for (let tries = 0; tries < 5; ++tries) {
    const { id } = await alertWith(one, rule, 'active_unacknowledged');
    const seen = other.evaluate(
      ([id, untilMs]) =>
        new Promise((resolve) => {
          const look = () => {
            const alert = window.__test.state().alerts.find((a) => a.id === id);
            if (alert?.state === 'active_acknowledged') resolve({ atMs: Date.now(), by: alert.by });
            else if ((alert && !alert.state.startsWith('active_')) || Date.now() > untilMs) resolve(null);
            else setTimeout(look, 10);
          };
          look();
        }),
      [id, Date.now() + 60_000],
    );
    const clickedMs = await one.evaluate((id) => {
      document.querySelector(`[data-id="${id}"] [data-test=acknowledge]`)?.click();
      return Date.now();
    }, id);
    const told = await seen;
    if (told === null) continue;
    assert.equal(told.by, 'Anna');
    return told.atMs - clickedMs;
  }
  assert.fail('five alerts ended before they could be acknowledged, or no other page heard of it');
}

// Times are printed, not asserted: what they are on a busy machine says nothing of the page.
test('what one acknowledges the other sees', async () => {
  const [one, other] = pages;
  await one.locator('[data-test=officer]').fill('Anna');
  const tookMs = await acknowledgeMs(one, other, 'inside');
  console.log(`acknowledged on one page, seen on the other after ${tookMs} ms`);
});

test('also where both draw video without a graphics card', async () => {
  const [one, other] = pages;
  for (const page of pages) await page.evaluate(() => window.__test.video(true));
  await one.waitForTimeout(5000);
  const tookMs = await acknowledgeMs(one, other, 'fast');
  console.log(`with video drawn by software: ${tookMs} ms`);
  for (const page of pages) await page.evaluate(() => window.__test.video(false));
});

test('the chart goes to the vessel, and its zone and the sentence are shown', async () => {
  const [page] = pages;
  const alert = await alertWith(page, 'inside', 'active_');
  await page.locator(`[data-id="${alert.id}"] .text`).click();
  await waitFor(page, 'the chart at rest', () => !window.__test.moving());
  // A vessel may leave the picture meanwhile: then the chart stands where the alert was raised.
  const at = await page.evaluate(
    ([track, lonDeg, latDeg]) => window.__test.pixelOf(track) ?? window.__test.pixelAt(lonDeg, latDeg),
    [alert.subjects[0].track, alert.lon_deg, alert.lat_deg],
  );
  const box = await page.locator('[data-test=chart]').boundingBox();
  assert.ok(Math.abs(at.x - (box.x + box.width / 2)) < 80 && Math.abs(at.y - (box.y + box.height / 2)) < 80);
  // By its shape: how much is drawn goes up and down with the other alerts.
  await waitFor(page, 'the zone', () => window.__test.state().evidence.includes('MultiLineString'));
  assert.match(await page.locator(`[data-id="${alert.id}"] .text`).innerText(), /Passage/);
});

test('what was recorded about it runs from before it, says so, and goes back to live', async () => {
  const [page] = pages;
  const id = await page.evaluate(() => window.__test.state().alert);
  const alert = (await alertsOf(page)).find((a) => a.id === id);
  await page.locator(`[data-id="${id}"] [data-test=from-before]`).click();
  await page.locator('[data-test=review]', { hasText: 'RECORDED, not live' }).waitFor();
  // The station began a minute ago: vessels come in when their record begins.
  await waitFor(
    page,
    'recorded vessels',
    () => (window.__test.state().review?.vessels ?? 0) > 0,
    null,
    60_000,
  );
  const { timeS } = await page.evaluate(() => window.__test.state().review);
  assert.ok(timeS > alert.raised_s - 600 && timeS <= alert.raised_s + 120, `${timeS - alert.raised_s} s`);
  await page.locator('[data-test=review-end]').click();
  await page.locator('[data-test=review]').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => window.__test.state().review), null);
});

test('an alert is shelved with a reason and an end, and not without', async () => {
  const [page, other] = pages;
  const { id } = await alertWith(page, 'inside', 'active_');
  const row = page.locator(`[data-id="${id}"]`);
  if ((await page.evaluate(() => window.__test.state().alert)) !== id) await row.locator('.text').click();
  await row.locator('[data-test=shelve]').click();
  await row.locator('[data-test=do]').click();
  await page.locator('[data-test=notice]', { hasText: 'give a reason' }).waitFor();
  assert.notEqual(await stateOf(page, id), 'shelved');
  await row.locator('[data-test=shelve]').click();
  await row.locator('[data-test=why]').fill('pilot on board');
  await row.locator('[data-test=do]').click();
  await waitFor(
    other,
    'it shelved',
    (id) => window.__test.state().alerts.some((a) => a.id === id && a.state === 'shelved'),
    id,
  );
  const shelved = (await alertsOf(other)).find((a) => a.id === id);
  assert.equal(shelved.reason, 'pilot on board');
  assert.ok(shelved.shelved_until_s > shelved.changed_s + 1700);
});

test('new rules are loaded without a restart; mistakes are shown and change nothing', async () => {
  const [page] = pages;
  writeFileSync(rules, `${ruleText(8)}\n[[rule]]\nname = "x"\nkind = "sinking"\n`);
  await page.locator('[data-test=reload]').click();
  await page.locator('[data-test=notice]', { hasText: 'sinking' }).waitFor();
  writeFileSync(rules, ruleText(8).replace('"fast"', '"quick"'));
  await page.locator('[data-test=reload]').click();
  await waitFor(page, 'alerts of the new rule', () =>
    window.__test.state().alerts.some((a) => a.rule === 'quick'),
  );
  const ids = (await alertsOf(page)).filter((a) => a.rule === 'inside' && a.state !== 'ended');
  assert.equal(new Set(ids.map((a) => a.subjects[0].track)).size, ids.length, 'one situation, one alert');
});

test('what alerts cost is told watch by watch, with who acknowledged', async () => {
  const [page] = pages;
  await page.locator('[data-test=budget] > summary').click();
  await page.locator('[data-test=watch-line]', { hasText: 'an hour' }).waitFor();
  await page.locator('[data-test=budget]', { hasText: 'Anna' }).waitFor();
  const watches = await page.locator('[data-test=watch] option').count();
  assert.ok(watches >= 1);
  await page.locator('[data-test=watch-hours]').selectOption('24');
  await page.locator('[data-test=watch-line]', { hasText: 'an hour' }).waitFor();
});

test('rules are tried on the past, beside those in force, with mistakes told', async () => {
  const [page] = pages;
  await page.locator('[data-test=rules-trial] summary').click();
  const text = page.locator('[data-test=trial-text]');
  await waitFor(page, 'the rules in force', () =>
    document.querySelector('[data-test=trial-text]')?.value.includes('above_kn'),
  );
  const inForce = await text.inputValue();
  const faultsBefore = faults.length;
  await text.fill('[[rule]]\nname = "x"\nkind = "nothing"\n');
  await page.locator('[data-test=trial-begin]').click();
  await page.locator('[data-test=trial-fault]', { hasText: 'there is no kind of rule' }).waitFor();
  // A browser notes an answer of 400 as an error of its own.
  assert.ok(faults.splice(faultsBefore).every((text) => text.includes('400')));
  await text.fill(inForce.replace(/above_kn = [0-9.]+/, 'above_kn = 90'));
  await page.locator('[data-test=trial-hours]').selectOption('1');
  await page.locator('[data-test=trial-begin]').click();
  await page.locator('[data-test=trial-line]', { hasText: 'UTC' }).waitFor();
  const trial = page.locator('[data-test=rules-trial]');
  await trial.locator('tr.differs', { hasText: 'quick' }).waitFor();
  await trial.locator('li', { hasText: 'quick' }).first().waitFor();
});

test('nothing failed in the pages', () => assert.deepEqual(faults, []));
