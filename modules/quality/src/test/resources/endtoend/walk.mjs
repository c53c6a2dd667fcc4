// Goes through the dashboard as people do, and tells each step that was done on a line of its own.
// At the first thing that is not as it should be: the reason, a screenshot, and exit code 1.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const want = process.env;
const { chromium } = createRequire(join(want.WALK_WEBROOT, 'package.json'))('playwright-core');
const PATIENCE = 25_000;
const complaints = [];
let looking;

const browser = await chromium.launch({
  executablePath: want.WALK_CHROMIUM,
  args: ['--no-sandbox'],
});
try {
  await walk();
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`);
} catch (error) {
  const picture = join(want.WALK_PICTURES, 'failed.png');
  await looking?.screenshot({ path: picture }).catch(() => {});
  console.log(`FAILED at ${looking?.url()}: ${error.message}\nlast screenshot: ${picture}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}

async function walk() {
  const page = await person(want.WALK_ADMIN, want.WALK_ADMIN_PASSWORD, '/incidents');
  let loads = 0;
  page.on('load', () => loads++);
  await page.getByRole('status', { name: 'Live feed: Live' }).waitFor();
  await page.getByText('All quiet.').waitFor();
  console.log('all is quiet');

  const row = page.getByRole('link', { name: /frontend asks for an image/ });
  await row.waitFor();
  console.log('the incident arrived');

  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /frontend asks for an image/ }).waitFor();
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await verdict.getByRole('heading', { name: 'Root cause' }).waitFor();
  await verdict.getByText('Image not found').waitFor();
  await page.getByRole('button', { name: /^Hop 1 of / }).waitFor();
  await page
    .getByRole('region', { name: 'Evidence of the hop' })
    .getByText('3.5.0')
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Approve fix' }).waitFor();
  await picture(page, 'proposed');
  console.log('cause, chain and fix are shown');

  const path = new URL(page.url()).pathname;
  const viewer = await person(want.WALK_VIEWER, want.WALK_PASSWORD, path);
  await viewer.getByRole('note', { name: 'Approval needs another role' }).waitFor();
  expect((await viewer.getByRole('button', { name: 'Approve fix' }).count()) === 0, 'no button');
  console.log('a viewer has no approve button');
  await viewer.context().close();

  const stranger = await person(want.WALK_STRANGER, want.WALK_PASSWORD, path);
  await stranger.getByText('There is no such incident.').waitFor();
  expect((await stranger.getByText('frontend').count()) === 0, 'nothing of it is shown');
  console.log('another tenant finds nothing');
  await stranger.context().close();

  looking = page;
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Apply this fix?' }).waitFor();
  await page.locator('button:focus', { hasText: 'Approve and apply' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('listitem', { name: 'Approved: done' }).waitFor();
  console.log('approved by keyboard');
  await page.getByRole('listitem', { name: 'Applied: done' }).waitFor();
  console.log('applied');
  await page.getByRole('listitem', { name: 'Verified: done' }).waitFor();
  console.log('verified');
  await page.getByTitle('State: Resolved').waitFor();
  expect((await page.getByRole('button', { name: 'Approve fix' }).count()) === 0, 'it is decided');
  await picture(page, 'resolved');
  console.log('resolved');

  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('row', { name: /Remediation approve/ }).waitFor();
  expect(loads === 0, 'no page was loaded again');
  console.log('the decision is in the audit log');
}

/** Somebody at a browser of their own, signed in, at the page they asked for. */
async function person(email, password, path) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  looking = page;
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    // Being asked to sign in, and not being let in, are answers with these statuses.
    const isExpected = /status of 40[14]/.test(message.text());
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
  await page.goto(want.WALK_ADDRESS + path);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return page;
}

async function picture(page, name) {
  await page.screenshot({ path: join(want.WALK_PICTURES, `${name}.png`) });
}

function expect(isSo, what) {
  if (!isSo) throw new Error(`expected that ${what}`);
}
