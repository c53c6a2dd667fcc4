import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, signIn, Stage } from './browser';

let stage: Stage;
let people = 0;

/** Someone nobody else's clicks are seen by. */
const admin = () => `admin@person-${++people}.example`;

describe.skipIf(CHROMIUM === undefined)('the dashboard in a real browser', () => {
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  test('a wrong password is said so, the right one leads to the page that was asked for', async () => {
    const page = await stage.person('', '/incidents/inc-2c90d17e');
    await signIn(page, admin(), 'wrong');
    await page.getByRole('alert').getByText('password is wrong').waitFor();
    await signIn(page, admin());
    await page.getByRole('heading', { level: 1, name: /pricing is OOM-killed/ }).waitFor();
  });

  test('the sign-in survives a reload and ends with signing out', async () => {
    const page = await stage.person(admin(), '/clusters');
    await page.reload();
    await page.getByRole('heading', { name: 'Clusters', level: 1 }).waitFor();
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Kestrel' }).waitFor();
  });

  test('the list is walked by keyboard: search, next, previous, open, back', async () => {
    const page = await stage.person(admin(), '/incidents');
    await page.getByRole('link', { name: /deny-egress/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('memory');
    await page.getByRole('status').getByText('1 shown').waitFor();
    expect(page.url()).toContain('?q=memory');
    await page.getByRole('button', { name: 'Clear search' }).click();
    await page.getByRole('link', { name: /deny-egress/ }).waitFor();
    for (const key of ['j', 'j', 'j', 'k', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('heading', { level: 1, name: /CoreDNS has no ready pod/ }).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('table', { name: 'Incidents' }).waitFor();
  });

  test('filters are in the address, and come back from it', async () => {
    const page = await stage.person(admin(), '/incidents');
    await page.getByRole('button', { name: 'Severity' }).click();
    await page.getByRole('checkbox', { name: 'Critical' }).check();
    await page.getByRole('status').getByText('2 shown').waitFor();
    expect(new URL(page.url()).search).toBe('?severity=CRITICAL');
    await page.reload();
    await page.getByRole('status').getByText('2 shown').waitFor();
    await page.getByRole('button', { name: 'Severity: Critical' }).waitFor();
  });

  test('ten thousand incidents are a few dozen rows, and their end can be reached', async () => {
    const page = await stage.person('admin+crowd@crowd.example', '/incidents?status=any');
    await page.getByRole('status').getByText('10,008 shown').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.getByRole('link', { name: /deny-egress/ }).focus();
    await page
      .locator('[role=presentation]')
      .first()
      .evaluate(e => e.scrollTo(0, e.scrollHeight));
    await page.getByRole('button', { name: 'Load older incidents' }).waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
  });

  test('choosing a hop shows its evidence, and the address remembers the hop', async () => {
    const page = await stage.person(admin(), '/incidents/inc-7f3a91c2');
    const hops = page.getByRole('button', { name: /^Hop \d of 7/ });
    await hops.first().waitFor();
    expect(await hops.count()).toBe(7);
    await page.getByRole('button', { name: /^Hop 3 of 7.*observed/ }).click();
    const evidence = page.getByRole('region', { name: 'Evidence of the hop' });
    await evidence.getByText('i/o timeout').first().waitFor();
    expect(page.url()).toContain('hop=3');
    await page.keyboard.press('j');
    await evidence.getByText('Hop 4 of 7').waitFor();
    await evidence.getByText('Inferred', { exact: true }).waitFor();
  });

  test('an approval names its digest, and what follows is seen without a reload', async () => {
    const page = await stage.person(admin(), '/incidents/inc-2c90d17e');
    await page.getByRole('button', { name: 'Approve fix' }).click();
    const dialog = page.getByRole('dialog', { name: 'Apply this fix?' });
    await dialog.getByText(/^[0-9a-f]{12}$/).waitFor();
    await dialog.getByRole('button', { name: 'Approve and apply' }).click();
    await page.getByRole('listitem', { name: 'Approved: done' }).waitFor();
    await page.getByRole('listitem', { name: 'Applied: done' }).waitFor();
    await page.getByRole('listitem', { name: 'Verified: done' }).waitFor();
    await page.getByTitle('State: Resolved').waitFor();
    expect(await page.getByRole('button', { name: 'Approve fix' }).count()).toBe(0);
  });

  test('a rejection is one click on its reason', async () => {
    const page = await stage.person(admin(), '/incidents/inc-7f3a91c2');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('menuitem', { name: 'Right cause, wrong fix' }).click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText('Rejected: RIGHT_CAUSE_WRONG_FIX').waitFor();
    const fix = page.getByRole('region', { name: 'Allow DNS egress in deny-egress' });
    await fix.getByText('Rejected', { exact: true }).waitFor();
  });

  test('a viewer sees who may approve instead of the button', async () => {
    const page = await stage.person('viewer@acme.example', '/incidents/inc-7f3a91c2');
    await page.getByRole('note', { name: 'Approval needs another role' }).waitFor();
    for (const name of ['Approve fix', 'Reject', 'Acknowledge', 'Resolve…', 'Right'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
  });

  test('news arrives by itself, also after the connection was lost', async () => {
    const email = admin();
    const page = await stage.person(email, '/incidents');
    await page.getByRole('status', { name: 'Live feed: Live' }).waitFor();
    stage.cloud.dropFeeds();
    await page.getByRole('status', { name: 'Live feed: Live' }).waitFor();
    const incident = stage.cloud.world(email).incidents.get('inc-c0ffee12');
    if (incident === undefined) throw new Error('the fixture has this incident');
    await page.getByRole('link', { name: /search fails/ }).waitFor();
    stage.cloud.tell(email, { ...incident, revision: 99, title: 'search is worse now' });
    await page.getByRole('link', { name: 'search is worse now' }).waitFor();
  });

  test('a join token is shown once', async () => {
    const page = await stage.person(admin(), '/clusters');
    await page.getByRole('button', { name: 'Add a cluster' }).click();
    await page.getByLabel('Name of the cluster').fill('prod-ap-3');
    await page.getByRole('button', { name: 'Create join token' }).click();
    const command = page.getByRole('region', { name: 'Helm command' });
    await command.getByText('helm install kestrel-operator').waitFor();
    await page.getByRole('button', { name: 'Copy Helm command' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Add a cluster' }).click();
    await page.getByLabel('Name of the cluster').waitFor();
    expect(await command.count()).toBe(0);
  });

  describe.each(['light', 'dark'] as const)('every page in %s colours', colorScheme => {
    test.each([
      ['/incidents', 1440],
      ['/incidents', 420],
      ['/incidents?q=nothing-like-this', 420],
      ['/incidents/inc-7f3a91c2', 1440],
      ['/incidents/inc-10a90a3e', 420],
      ['/incidents/inc-8d05dd05', 420],
      ['/clusters', 1440],
      ['/clusters', 420],
      ['/audit', 420],
    ])('%s at %i pixels is accessible and fits', async (path, width) => {
      const viewport = { width, height: 900 };
      const page = await stage.person('admin@acme.example', path, { colorScheme, viewport });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(400);
      expect(await violations(page)).toEqual([]);
      const spill = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(spill).toBeLessThanOrEqual(0);
    });
  });

  test('no page broke the policy, asked another host, or complained', () => {
    expect(stage.complaints).toEqual([]);
  });
});

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong on the page, in short. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] });
    return found.violations.flatMap(one =>
      one.nodes.map(node => `${one.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    );
  });
}
